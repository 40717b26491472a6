"""Every engine the frames are tried on, as a fixture that makes a frame of plain columns and reads one back."""

from __future__ import annotations

import datetime as dt
import importlib.util
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple, TypeAlias

import pytest

Columns: TypeAlias = Mapping[str, Sequence[Any]]


class Engine(NamedTuple):
    """An engine or one of its modes.

    Attributes:
        name: What it is called.
        needs: The packages it needs.
        make: Returns a frame of plain columns.
        collect: Returns a frame's plain columns, without order among the rows.
        is_lazy: Whether its rows are seen only when asked for.
        is_slow: Whether it takes long to start, so that it is tried only where it is asked for by name.
        is_form: Whether it is an engine on which all is tried, with columns of other types.
    """

    name: str
    needs: tuple[str, ...]
    make: Callable[[Columns], Any]
    collect: Callable[[Any], Mapping[str, Sequence[Any]]]
    is_lazy: bool
    is_slow: bool = False
    is_form: bool = False

    def read(self, frame: Any) -> dict[str, list[Any]]:  # noqa: ANN401 - a frame of any engine
        """Return the columns of *frame* as plain values: None for null, text, number, date or truth."""
        return {name: [plain(cell) for cell in cells] for name, cells in self.collect(frame).items()}


def plain(cell: Any) -> Any:  # noqa: ANN401 - a cell of any engine
    """Return a cell as Python's own value; None where it is null or NaN."""
    if cell is None or type(cell).__name__ in {"NAType", "NaTType"} or cell != cell:  # noqa: PLR0124 - NaN is not itself
        return None
    if isinstance(cell, dt.datetime):
        return cell.date()
    item = getattr(cell, "item", None)
    return cell if item is None else item()


def _dates_as_pandas_has_them(columns: Columns) -> dict[str, Any]:
    pd = import_module("pandas")
    return {
        name: pd.to_datetime(pd.Series(list(cells)))
        if any(isinstance(cell, dt.date) for cell in cells)
        else list(cells)
        for name, cells in columns.items()
    }


def _pandas(columns: Columns) -> Any:  # noqa: ANN401
    pd = import_module("pandas")
    return pd.DataFrame(_dates_as_pandas_has_them(columns))


def _pandas_nullable(columns: Columns) -> Any:  # noqa: ANN401
    floats = {name: "Float64" for name, cells in columns.items() if any(isinstance(cell, float) for cell in cells)}
    return _pandas(columns).convert_dtypes().astype(floats)


def _pandas_arrow(columns: Columns) -> Any:  # noqa: ANN401
    pd = import_module("pandas")
    return _arrow(columns).to_pandas(types_mapper=pd.ArrowDtype)


def _polars(columns: Columns) -> Any:  # noqa: ANN401
    return import_module("polars").DataFrame(columns, strict=False)


def _polars_lazy(columns: Columns) -> Any:  # noqa: ANN401
    return _polars(columns).lazy()


def _arrow(columns: Columns) -> Any:  # noqa: ANN401
    return import_module("pyarrow").table({name: list(cells) for name, cells in columns.items()})


def _duckdb(columns: Columns) -> Any:  # noqa: ANN401
    return import_module("duckdb").from_arrow(_arrow(columns))


def _dask(columns: Columns) -> Any:  # noqa: ANN401
    return import_module("dask.dataframe").from_pandas(_pandas(columns), npartitions=3)


@cache
def _session(mode: str, where: str) -> Any:  # noqa: ANN401
    builder = import_module("pyspark.sql").SparkSession.builder
    session = getattr(builder, mode)(where).config("spark.sql.shuffle.partitions", "2")
    if mode == "master":  # a server of Spark Connect has settled this when it is asked
        session = session.config("spark.ui.enabled", "false")
    return session.getOrCreate()


def _in_spark(session: Any, columns: Columns) -> Any:  # noqa: ANN401
    types = import_module("pyspark.sql.types")
    kinds = {bool: types.BooleanType, int: types.LongType, float: types.DoubleType, str: types.StringType}
    fields: list[Any] = []
    for name, cells in columns.items():
        known: list[type] = [type(cell) for cell in cells if cell is not None] or [float]
        kind = kinds[float if float in known else known[0]] if known[0] in kinds else types.DateType
        fields.append(types.StructField(name, kind()))
    rows = [
        tuple(
            float(cell) if isinstance(cell, int) and isinstance(field.dataType, types.DoubleType) else cell
            for cell, field in zip(row, fields, strict=True)
        )
        for row in zip(*columns.values(), strict=True)
    ]
    return session.createDataFrame(rows, types.StructType(fields))


def _pyspark(columns: Columns) -> Any:  # noqa: ANN401
    return _in_spark(_session("master", "local[2]"), columns)


def _connect(columns: Columns) -> Any:  # noqa: ANN401
    return _in_spark(_session("remote", "local[2]"), columns)


def _from_spark(frame: Any) -> Mapping[str, Sequence[Any]]:  # noqa: ANN401
    rows = frame.collect()
    return {name: [row[at] for row in rows] for at, name in enumerate(frame.columns)}


def _from_pandas(frame: Any) -> Mapping[str, Sequence[Any]]:  # noqa: ANN401
    return {name: list(frame[name]) for name in frame.columns}


def _from_polars(frame: Any) -> Mapping[str, Sequence[Any]]:  # noqa: ANN401
    columns: Mapping[str, Sequence[Any]] = frame.to_dict(as_series=False)
    return columns


def _from_arrow(frame: Any) -> Mapping[str, Sequence[Any]]:  # noqa: ANN401
    columns: Mapping[str, Sequence[Any]] = frame.to_pydict()
    return columns


def _from_polars_lazy(frame: Any) -> Mapping[str, Sequence[Any]]:  # noqa: ANN401
    return _from_polars(frame.collect())


def _from_duckdb(frame: Any) -> Mapping[str, Sequence[Any]]:  # noqa: ANN401
    return _from_arrow(frame.to_arrow_table())


def _from_dask(frame: Any) -> Mapping[str, Sequence[Any]]:  # noqa: ANN401
    return _from_pandas(frame.compute())


ENGINES = (
    Engine("pandas", ("pandas",), _pandas, _from_pandas, is_lazy=False),
    Engine("pandas-nullable", ("pandas",), _pandas_nullable, _from_pandas, is_lazy=False, is_form=True),
    Engine("pandas-arrow", ("pandas", "pyarrow"), _pandas_arrow, _from_pandas, is_lazy=False, is_form=True),
    Engine("polars", ("polars",), _polars, _from_polars, is_lazy=False),
    Engine("polars-lazy", ("polars",), _polars_lazy, _from_polars_lazy, is_lazy=True),
    Engine("pyarrow", ("pyarrow",), _arrow, _from_arrow, is_lazy=False),
    Engine("duckdb", ("duckdb", "pyarrow"), _duckdb, _from_duckdb, is_lazy=True),
    Engine("dask", ("dask", "pandas"), _dask, _from_dask, is_lazy=True, is_slow=True),
    Engine("pyspark", ("pyspark", "java"), _pyspark, _from_spark, is_lazy=True, is_slow=True),
    Engine("spark-connect", ("pyspark", "java"), _connect, _from_spark, is_lazy=True, is_slow=True),
)


def _is_installed(name: str) -> bool:
    return shutil.which(name) is not None if name == "java" else importlib.util.find_spec(name) is not None


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.name)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Return each engine that is installed."""
    found: Engine = request.param
    if found.is_slow and os.environ.get("FRAMES_ENGINE") != found.name:
        pytest.skip(f"{found.name} takes long to start: FRAMES_ENGINE={found.name} tries it")
    is_one_of_many = request.node.get_closest_marker("one_python") and not os.environ.get("FRAMES_EVERY_CASE")
    if (found.is_form or found.is_slow) and is_one_of_many:
        pytest.skip(f"another case like this one is tried on {found.name}; FRAMES_EVERY_CASE=1 tries this one")
    missing = [name for name in found.needs if not _is_installed(name)]
    if missing:
        pytest.skip(f"{found.name} is not tried: {', '.join(missing)} is not installed")
    return found
