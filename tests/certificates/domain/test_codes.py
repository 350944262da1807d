from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.domain.codes import ALPHABET, LENGTH, RANDOM_BYTES, code_from_bytes, code_from_typed, grouped

random_bytes = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)
codes = random_bytes.map(code_from_bytes)


def test_alphabet_is_crockfords():
    assert ALPHABET == "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@pytest.mark.parametrize(
    ("random", "code"),
    [
        (bytes(17), "0" * 26),
        (b"\xff" * 17, "Z" * 26),
        (bytes(16) + b"\x40", "0" * 25 + "1"),
        (bytes(16) + b"\x3f", "0" * 26),
        (b"\x08" + bytes(16), "1" + "0" * 25),
    ],
)
def test_code_holds_the_first_130_bits(random: bytes, code: str):
    assert code_from_bytes(random) == code


@pytest.mark.parametrize("length", [0, 16, 18])
def test_code_from_another_number_of_bytes_is_refused(length: int):
    with pytest.raises(ValueError, match="17 bytes"):
        code_from_bytes(bytes(length))


@given(random_bytes, random_bytes)
def test_codes_differ_where_the_130_bits_differ(first: bytes, second: bytes):
    same_bits = int.from_bytes(first) >> 6 == int.from_bytes(second) >> 6

    assert (code_from_bytes(first) == code_from_bytes(second)) == same_bits


@given(codes)
def test_printed_code_is_in_groups_of_four(code: str):
    assert len(code) == LENGTH
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{2}", grouped(code))


@given(codes, st.data())
def test_code_is_read_however_it_is_typed(code: str, data: st.DataObject):
    as_typed = {"1": "1iIlL", "0": "0oO"}
    typed = "".join(
        data.draw(st.sampled_from(as_typed.get(character, character + character.lower())))
        + data.draw(
            st.sampled_from(["", "", "-", " ", "\t", "\n", "–", "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}", "−"])
        )
        for character in code
    )

    assert code_from_typed(typed) == code


def test_full_width_letters_are_read():
    assert code_from_typed("Ｋ７ＱＦ－２Ｍ９Ｘ－TR4B-8HWC-JD3N-5YVA-6G") == "K7QF2M9XTR4B8HWCJD3N5YVA6G"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "K7QF-2M9X-TR4B-8HWC-JD3N-5YVA-6",
        "K7QF-2M9X-TR4B-8HWC-JD3N-5YVA-6G0",
        "U7QF-2M9X-TR4B-8HWC-JD3N-5YVA-6G",
        "K7QF/2M9X/TR4B/8HWC/JD3N/5YVA/6G",
        "K7QF-2M9X-TR4B-8HWC-JD3N-5YVA-6é",
        "https://contoh.example/verify/K7QF-2M9X-TR4B-8HWC-JD3N-5YVA-6G/",
    ],
)
def test_what_can_be_no_code_is_none(typed: str):
    assert code_from_typed(typed) is None


@given(st.text())
def test_any_text_is_a_code_or_none(typed: str):
    code = code_from_typed(typed)

    assert code is None or (
        len(code) == LENGTH and set(code) <= set(ALPHABET) and code_from_typed(grouped(code)) == code
    )
