"""How a number is written and read in Vietnamese: decimal comma, point for thousands, true minus.

Pure. Papers, pages and rules write every figure through `written`, `grouped` or `exactly`, round
it through `half_up`, and read what people type through `parse_number`.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import TypeGuard

Figure = Decimal | Fraction | int

MINUS = "\N{MINUS SIGN}"
LONGEST = 40

# What keyboards, spreadsheets and papers put in place of the plain sign.
PLAIN = {
    **{0xFF10 + digit: str(digit) for digit in range(10)},
    0xFF0C: ",",
    0xFF0E: ".",
    0xFF0B: "+",
    0xFF0D: "-",
    0x2212: "-",
    0x2010: "-",
    0x2011: "-",
    0x2013: "-",
    0x00AD: None,
    0x200B: None,
    0x200E: None,
    0x200F: None,
    0x2060: None,
    0xFEFF: None,
}

DIGITS = re.compile(r"\d+", re.ASCII)
ONE_SIGN = re.compile(r"(\d+)[.,](\d+)", re.ASCII)
GROUPED = re.compile(r"[1-9]\d{0,2}(?:([., ])\d{3})(?:\1\d{3})*", re.ASCII)
GROUPED_WITH_DECIMALS = re.compile(
    r"([1-9]\d{0,2}(?:\.\d{3})+),(\d+)|([1-9]\d{0,2}(?:,\d{3})+)\.(\d+)"
    r"|([1-9]\d{0,2}(?: \d{3})+)[.,](\d+)",
    re.ASCII,
)


class NotANumber(ValueError):
    """The text cannot be read as a number. `reason` is a Vietnamese clause to follow its name."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class ReadTwoWays(NotANumber):
    """It can be read as a number of thousands or as one with three decimals. `body`: what was
    typed, without its sign."""

    def __init__(self, reason: str, body: str):
        super().__init__(reason)
        self.body = body

    @property
    def whole(self) -> str:
        """The number of thousands, as it is read in one way alone."""
        return re.sub("[., ]", "", self.body)


def as_fraction(figure: Figure) -> Fraction:
    """The figure, exact. A binary float is refused: it is no longer the figure somebody wrote."""
    if isinstance(figure, bool) or not isinstance(figure, (Decimal, Fraction, int)):
        raise TypeError(f"An exact number is needed, not {type(figure).__name__}.")
    return Fraction(figure)


def is_plain(value: object) -> TypeGuard[Decimal]:
    """Whether it is a Decimal of ordinary size: finite, no exponent that would fill the memory."""
    if not isinstance(value, Decimal) or not value.is_finite():
        return False
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -LONGEST and value.adjusted() <= LONGEST


def summed(figures: Iterable[Fraction]) -> Fraction:
    """The exact sum of many, brought to lowest terms once and not at every step."""
    above: dict[int, int] = {}
    for figure in figures:
        above[figure.denominator] = above.get(figure.denominator, 0) + figure.numerator
    below = lcm(*above)
    return Fraction(sum(part * (below // whole) for whole, part in above.items()), below)


def half_up(figure: Figure, places: int) -> Decimal:
    """Rounded once to `places` decimals, halves away from zero; exact, whatever the size."""
    exact = as_fraction(figure)
    above, below = abs(exact.numerator), exact.denominator
    units = (2 * above * 10**places + below) // (2 * below)  # whole numbers: asked so often
    sign = "-" if exact < 0 < units else ""
    return Decimal(f"{sign}{units}E-{places}")


def written(figure: Figure, places: int) -> str:
    """The figure with so many decimals: `written(Decimal("-12480.5"), 2)` is "−12.480,50"."""
    rounded = half_up(figure, places)
    whole, _, decimals = format(rounded.copy_abs(), "f").partition(".")
    tail = f",{decimals}" if decimals else ""
    return f"{MINUS if rounded < 0 else ''}{_in_threes(whole)}{tail}"


def grouped(count: int) -> str:
    """A whole number with a point between thousands: 12.480."""
    return written(count, 0)


def exactly(figure: Figure, least: int = 0) -> str:
    """The figure without rounding: a decimal with at least `least` places, or else a fraction.

    4/3 has no end as a decimal and stays "4/3"; 1/8 is "0,125".
    """
    exact = as_fraction(figure)
    rest, places = exact.denominator, {2: 0, 5: 0}
    for prime in places:
        while rest % prime == 0:
            rest //= prime
            places[prime] += 1
    if rest == 1:
        return written(exact, max(least, *places.values()))
    sign = MINUS if exact < 0 else ""
    return f"{sign}{grouped(abs(exact.numerator))}/{grouped(exact.denominator)}"


def typed(figure: Figure) -> str:
    """As somebody would type it, so that `parse_number` reads the same number in every case.

    Without points for thousands, and three decimals get a nought: "1.234" and "1,234" could each
    be read in two ways.
    """
    plain = exactly(figure).replace(".", "")
    return f"{plain}0" if len(plain.partition(",")[2]) == 3 else plain


def parse_number(text: str, whole: bool, large: bool = False) -> Decimal:
    """What somebody typed, as an exact number. Raises `NotANumber`.

    Comma and point are both understood; spaces of any kind may part thousands.

    * Both signs present: the last is the decimal sign, the other must part thousands in threes
      ("1.234,5" and "1,234.5" are 1234.5).
    * One sign more than once parts thousands ("1.234.567").
    * One sign once, whole number: a point before exactly three digits parts thousands, as
      Vietnamese writes them ("12.480"); a comma there might be a decimal comma and is refused;
      zeros after the sign are let go ("3,0", "3.00").
    * One sign once, number with decimals: it is the decimal sign ("1.234" and "1,234" are both
      1.234). Where figures above a thousand are usual (`large`), three digits after a lone sign
      might be either, and are refused.
    """
    plain = " ".join(text.translate(PLAIN).split())
    if len(plain) > LONGEST:
        raise NotANumber("dài quá, không phải một số")
    body = plain[1:].lstrip() if plain[:1] in ("+", "-") else plain
    number = _whole(body) if whole else _decimal(body, large)
    return number.copy_negate() if number and plain.startswith("-") else number


def _whole(body: str) -> Decimal:
    if DIGITS.fullmatch(body):
        return Decimal(body)
    if match := GROUPED.fullmatch(body):
        if match[1] == "," and body.count(",") == 1:
            raise NotANumber(_either(body, body.replace(",", ".")))
        return Decimal(re.sub("[., ]", "", body))
    if match := ONE_SIGN.fullmatch(body):
        if not match[2].strip("0") and len(match[2]) != 3:
            return Decimal(match[1])
        raise NotANumber("phải là số nguyên, không có phần thập phân")
    raise NotANumber(_advice(whole=True))


def _decimal(body: str, large: bool) -> Decimal:
    if DIGITS.fullmatch(body):
        return Decimal(body)
    if match := ONE_SIGN.fullmatch(body):
        if large and GROUPED.fullmatch(body):
            raise ReadTwoWays(_either(body, f"{match[1]},{match[2]}0"), body)
        return Decimal(f"{match[1]}.{match[2]}")
    if GROUPED.fullmatch(body):
        return Decimal(re.sub("[., ]", "", body))
    if match := GROUPED_WITH_DECIMALS.fullmatch(body):
        whole, decimals = (part for part in match.groups() if part)
        return Decimal(f"{re.sub('[., ]', '', whole)}.{decimals}")
    raise NotANumber(_advice(whole=False))


def _advice(whole: bool) -> str:
    example = "12480 hoặc 12.480" if whole else "1,5 hoặc 1.5"
    return f"phải ghi bằng chữ số, ví dụ {example}"


def _either(body: str, other: str) -> str:
    joined = re.sub("[.,]", "", body)
    return f"ghi “{body}” có thể hiểu theo hai cách; đề nghị ghi {joined} hoặc {other}"


def _in_threes(digits: str) -> str:
    head = len(digits) % 3
    groups = [digits[:head]] if head else []
    groups += [digits[start : start + 3] for start in range(head, len(digits), 3)]
    return ".".join(groups)
