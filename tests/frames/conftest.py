"""Every engine the frames are tried on, as a fixture that makes a frame of plain columns and reads one back."""

from __future__ import annotations

import datetime as dt
import importlib.util
from collections.abc import Callable, Mapping, Sequence
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
    """

    name: str
    needs: tuple[str, ...]
    make: Callable[[Columns], Any]
    collect: Callable[[Any], Mapping[str, Sequence[Any]]]
    is_lazy: bool

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


def _from_pandas(frame: Any) -> Mapping[str, Sequence[Any]]:  # noqa: ANN401
    return {name: list(frame[name]) for name in frame.columns}


def _from_polars(frame: Any) -> Mapping[str, Sequence[Any]]:  # noqa: ANN401
    columns: Mapping[str, Sequence[Any]] = frame.to_dict(as_series=False)
    return columns


def _from_arrow(frame: Any) -> Mapping[str, Sequence[Any]]:  # noqa: ANN401
    columns: Mapping[str, Sequence[Any]] = frame.to_pydict()
    return columns


ENGINES = (
    Engine("pandas", ("pandas",), _pandas, _from_pandas, is_lazy=False),
    Engine("pandas-nullable", ("pandas",), _pandas_nullable, _from_pandas, is_lazy=False),
    Engine("pandas-arrow", ("pandas", "pyarrow"), _pandas_arrow, _from_pandas, is_lazy=False),
    Engine("polars", ("polars",), _polars, _from_polars, is_lazy=False),
    Engine("polars-lazy", ("polars",), _polars_lazy, lambda frame: _from_polars(frame.collect()), is_lazy=True),
    Engine("pyarrow", ("pyarrow",), _arrow, _from_arrow, is_lazy=False),
    Engine("duckdb", ("duckdb", "pyarrow"), _duckdb, lambda frame: _from_arrow(frame.to_arrow_table()), is_lazy=True),
    Engine("dask", ("dask", "pandas"), _dask, lambda frame: _from_pandas(frame.compute()), is_lazy=True),
)


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.name)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Return each engine that is installed."""
    found: Engine = request.param
    missing = [name for name in found.needs if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"{found.name} is not tried: {', '.join(missing)} is not installed")
    return found
