#!/usr/bin/env python3
"""Checks editions exported as JSON, with nothing but Python: `python3 check_edition.py FILE.json …`

Python 3.10 or later, standard library only. It knows the portal only by the description in seal.md:
it computes the digest of the sealed document, and from the points in it every total, percentage,
rank and class. Several files of one portal are also held against each other as links of a chain.
A unit's own file of details (seal.md, "Details") is checked beside the edition it belongs to.
The first thing that does not fit is named; the exit code is 1 then, and 2 for a file that cannot
be read as an edition.
"""

import hashlib
import json
import sys
import unicodedata
from fractions import Fraction
from itertools import groupby


class Fault(Exception):
    """What does not fit, or cannot be read."""


UNREADABLE = (OSError, ValueError, LookupError, TypeError)
UNREADABLE += (ArithmeticError, AttributeError, RecursionError)
"""What comes of a file that is no edition at all, or only half of one."""


# --- the digest: seal.md, "Canonical bytes"


def canonical(value):
    """Canonical bytes of what JSON holds. There are no floats in a sealed document."""
    if value is None:
        return framed("n", b"")
    if isinstance(value, bool):
        return framed("b", b"1" if value else b"0")
    if isinstance(value, int):
        return framed("q", str(value).encode())
    if isinstance(value, str):
        return framed("s", unicodedata.normalize("NFC", value).encode())
    if isinstance(value, list):
        return framed("l", b"".join(canonical(item) for item in value))
    pairs = sorted(value.items())
    return framed("m", b"".join(canonical(key) + canonical(item) for key, item in pairs))


def framed(kind, body):
    """Kind, length in bytes, colon, body."""
    return b"%s%d:%s" % (kind.encode(), len(body), body)


def digest(document):
    """SHA-256 of the canonical bytes."""
    return hashlib.sha256(canonical(document)).hexdigest()


# --- the figures: seal.md, "What follows from the points"


def half_up(figure, places):
    """Rounded once, halves away from nought."""
    scaled = abs(figure) * 10**places + Fraction(1, 2)
    rounded = Fraction(scaled.numerator // scaled.denominator, 10**places)
    return -rounded if figure < 0 else rounded


def percent(points, maximum):
    """Exact share times 100."""
    return Fraction(points) / Fraction(maximum) * 100 if Fraction(maximum) else Fraction(0)


def check_figures(document):
    """Totals from areas, percentages from totals, ranks and classes from percentages."""
    results = document["results"]
    need(len({row["unit"] for row in results}) == len(results), "một đơn vị có hai dòng")
    positions = [row["position"] for row in results]
    need(positions == list(range(1, len(results) + 1)), "thứ tự các dòng bị đứt quãng")
    blocks = [row["block_position"] for row in results]
    need(blocks == sorted(blocks), "các dòng không đứng theo khối")
    areas = {
        (block["position"], node["code"]): node
        for block in document["criteria"]
        for node in block["criteria"]
        if node["level"] == "area"
    }
    for row in results:
        if document["form"] >= 4 and (row["people"] is None) != (row["survey"] is None):
            raise Fault(f"{row['unit_name']}: số người và đợt đo lường không đi cùng nhau")
        if row["rank"] is not None:
            check_sums(row, areas, document["rules"]["places"])
    for _, rows in groupby(results, key=lambda row: (row["block_position"], row["block_name"])):
        check_block(list(rows), document["rules"])


def check_sums(row, areas, places):
    """The areas of one unit: known, not above their criteria, adding up to its line."""
    name, points, maximum = row["unit_name"], Fraction(0), Fraction(0)
    for area in row["areas"]:
        node = areas.get((row["block_position"], area["code"]))
        need(
            node and node["title"] == area["title"],
            f"{name}: lĩnh vực {area['code']} không có trong tiêu chí của khối",
        )
        need(
            Fraction(area["maximum"]) <= Fraction(node["maximum"]),
            f"{name}: điểm tối đa lĩnh vực {area['code']} lớn hơn của bộ tiêu chí",
        )
        share = half_up(percent(area["points"], area["maximum"]), places)
        need(
            Fraction(area["percent"]) == share,
            f"{name}: tỷ lệ của lĩnh vực {area['code']} không đúng với điểm",
        )
        points += Fraction(area["points"])
        maximum += Fraction(area["maximum"])
    need(
        Fraction(row["points"]) == max(points, Fraction(0)),
        f"{name}: điểm không bằng tổng điểm các lĩnh vực",
    )
    need(Fraction(row["maximum"]) == maximum, f"{name}: điểm tối đa không bằng tổng các lĩnh vực")


def check_block(rows, rules):
    """Ranks and classes inside one block."""
    ranked = [row for row in rows if row["rank"] is not None]
    block = rows[0]["block_name"]
    need(ranked == rows[: len(ranked)], f"{block}: đơn vị không xếp hạng đứng trước")
    for row in rows[len(ranked) :]:
        need(
            row["points"] is None and row["percent"] is None and row["unranked_reason"],
            f"{row['unit_name']}: không xếp hạng mà có điểm, hoặc không nêu lý do",
        )
    figures = [percent(row["points"], row["maximum"]) for row in ranked]
    rank, before = 0, None
    for place, (row, figure) in enumerate(
        sorted(zip(ranked, figures, strict=True), key=lambda pair: -pair[1]), start=1
    ):
        name = row["unit_name"]
        if figure != before:
            rank = rank + 1 if rules["tie_rule"] == "dense" else place
        before = figure
        printed = half_up(figure, rules["places"])
        need(Fraction(row["percent"]) == printed, f"{name}: chỉ số không đúng với điểm")
        need(row["rank"] == rank, f"{name}: hạng {row['rank']}, tính lại là {rank}")
        band = class_of(printed, rules)
        need(row["band"] == band, f"{name}: xếp loại “{row['band']}”, tính lại là “{band}”")
    need(figures == sorted(figures, reverse=True), f"{block}: các dòng không theo thứ tự hạng")


def class_of(printed, rules):
    """The class of a printed percentage; the last label is for what lies below every floor."""
    for floor, label in zip(rules["band_floors"], rules["band_labels"], strict=False):
        if printed >= Fraction(floor):
            return label
    return rules["band_labels"][-1]


# --- the details of one line: seal.md, "Details"


def check_detail(digest_of_file, said, editions):
    """A unit's components: sealed by a line of one of the editions at hand, adding up to it."""
    found = [
        (row, document)
        for _, document in editions
        for row in document["results"]
        if row.get("detail") == digest_of_file
    ]
    need(found, "không bản công bố nào trong các tệp kèm theo có dòng mang mã của tệp này")
    row, document = found[0]
    nodes = {
        node["code"]: node
        for block in document["criteria"]
        if block["position"] == row["block_position"]
        for node in block["criteria"]
    }
    rows = said["components"]
    expected = [code for code, node in nodes.items() if node["level"] == "component"]
    need([one["code"] for one in rows] == expected, "không đủ, hoặc sai thứ tự các tiêu chí")
    sums = {}
    for one in rows:
        area = node = nodes[one["code"]]
        while area["parent"]:
            area = nodes[area["parent"]]
        need(Fraction(one["maximum"]) == Fraction(node["maximum"]), f"{one['code']}: điểm tối đa")
        need((one["points"] is None) == one["not_applicable"], f"{one['code']}: không có điểm")
        points, maximum = sums.get(area["code"], (Fraction(0), Fraction(0)))
        if not one["not_applicable"]:
            worth = Fraction(one["points"])
            need(0 <= worth <= Fraction(one["maximum"]), f"{one['code']}: điểm ngoài khoảng")
            points += -worth if node["source"] == "penalty" else worth
            if node["source"] not in ("bonus", "penalty"):
                maximum += Fraction(one["maximum"])
        sums[area["code"]] = points, maximum
    for area in row["areas"]:
        found = sums.get(area["code"], (Fraction(0), Fraction(0)))
        need(
            found == (Fraction(area["points"]), Fraction(area["maximum"])),
            f"các tiêu chí thành phần không cộng thành lĩnh vực {area['code']}",
        )
    return row["unit_name"]


# --- files


def need(holds, sentence):
    """The sentence is what does not fit, unless it holds."""
    if not holds:
        raise Fault(sentence)


def read(path):
    """A file as JSON without floats and without a name that stands twice."""

    def once(pairs):
        need(len({key for key, _ in pairs}) == len(pairs), "một tên đứng hai lần trong tệp")
        return dict(pairs)

    def no_float(text):
        raise Fault(f"số {text} không viết chính xác")

    with open(path, encoding="utf-8") as file:
        return json.load(
            file, object_pairs_hook=once, parse_float=no_float, parse_constant=no_float
        )


def check(said):
    """The figures of one exported edition, then its digest."""
    document = said["sealed"]
    need(document["form"] in (1, 2, 3, 4), "tệp theo dạng niêm phong mới hơn chương trình này")
    check_figures(document)
    found = digest(document)
    need(found == said["digest"], f"nội dung không khớp với mã: tính lại được {found}")
    head = found[:12].upper()
    code = "-".join((head[:4], head[4:8], head[8:]))
    need(said.get("short_code") == code, f"mã rút gọn phải là {code}")
    return code


def check_chain(documents):
    """No edition at hand follows, or corrects, what another one does; only one is the first."""
    followed, corrected = {}, {}
    for name, document in documents:
        before, wrong = document["previous"], document["corrects"]
        need(before not in followed, f"{name} và {followed.get(before)} cùng nối một mắt xích")
        need(wrong not in corrected, f"{name} và {corrected.get(wrong)} cùng đính chính một bản")
        followed[before] = name
        if wrong is not None:
            corrected[wrong] = name


def main(paths):
    """One line a file; 0 if everything fits."""
    if not paths:
        print(__doc__)
        return 2
    worst, sound, details = 0, [], []
    for path in paths:
        try:
            said = read(path)
            if "components" in said:
                details.append((path, said))
                continue
            code = check(said)
        except Fault as fault:
            worst = max(worst, 1)
            print(f"{path}: SAI: {fault}")
        except UNREADABLE as fault:
            worst = 2
            print(f"{path}: không đọc được như một bản công bố ({type(fault).__name__}: {fault})")
        else:
            sound.append((path, said["sealed"]))
            print(f"{path}: đúng, mã {code}, SHA-256 {said['digest']}")
    for path, said in details:
        with open(path, "rb") as file:
            code = hashlib.sha256(file.read()).hexdigest()
        try:
            name = check_detail(code, said, sound)
        except Fault as fault:
            worst = max(worst, 1)
            print(f"{path}: SAI: {fault}")
        except UNREADABLE as fault:
            worst = 2
            print(f"{path}: không đọc được như một tệp chi tiết ({type(fault).__name__}: {fault})")
        else:
            print(f"{path}: đúng, chi tiết của {name}, SHA-256 {code}")
    try:
        check_chain(sound)
    except Fault as fault:
        worst = max(worst, 1)
        print(f"Chuỗi: SAI: {fault}")
    return worst


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
