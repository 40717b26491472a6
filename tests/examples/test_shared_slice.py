"""A slice of a row, by hand: it is like the tuple of it, and copies nothing."""

from __future__ import annotations

import copy
import pickle

import pytest

from goalmodel.measure.shared_slice import SharedSlice

ROW = tuple("abcdef")
SLICE = SharedSlice(ROW, 1, 5)


def test_it_is_like_the_tuple_of_it() -> None:
    assert tuple("bcde") == SLICE
    assert tuple("bcde") == SLICE
    assert SharedSlice(tuple("xbcde"), 1) == SLICE
    assert hash(SLICE) == hash(tuple("bcde"))
    assert repr(SLICE) == repr(tuple("bcde"))
    assert (len(SLICE), list(SLICE), "c" in SLICE, "a" in SLICE) == (4, list("bcde"), True, False)
    assert list(reversed(SLICE)) == list("edcb")


def test_it_is_nothing_else() -> None:
    assert tuple("bcd") != SLICE
    assert list("bcde") != SLICE
    assert SLICE != "bcde"


@pytest.mark.parametrize("index", [0, 3, -1, -4])
def test_it_is_numbered_like_it(index: int) -> None:
    assert SLICE[index] == tuple("bcde")[index]


@pytest.mark.parametrize("index", [4, -5])
def test_outside_of_it_there_is_nothing(index: int) -> None:
    with pytest.raises(IndexError):
        SLICE[index]


@pytest.mark.parametrize(
    "cut", [slice(None), slice(1, 3), slice(-2, None), slice(None, None, 2), slice(None, None, -1), slice(3, 1)]
)
def test_a_slice_of_it_is_a_tuple(cut: slice) -> None:
    assert SLICE[cut] == tuple("bcde")[cut]
    assert isinstance(SLICE[cut], tuple)


def test_what_stands_behind_it_can_be_asked_for() -> None:
    assert (SLICE.start, list(SLICE.onwards(2))) == (1, list("def"))


def test_it_travels_without_the_rest() -> None:
    for there in (pickle.loads(pickle.dumps(SLICE)), copy.deepcopy(SLICE)):  # noqa: S301 - pickled a moment before
        assert there == SLICE
        assert (there.start, list(there.onwards(0))) == (0, list("bcde"))
