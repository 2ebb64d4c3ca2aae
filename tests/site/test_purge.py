"""Styles that no page can use are left out, and no others."""

import pytest

from builder.site.purge import Words, purged

WORDS = Words(
    [
        '<p class="md-typeset rg-chip--{{ tone }}" data-md-color-scheme="slate" id="toc">',
        'document.body.classList.add("is-open")',
    ]
)


@pytest.mark.parametrize(
    "rule",
    [
        "p{color:red}",
        ".md-typeset{color:red}",
        "[dir=rtl] .md-typeset>p:not(.nowhere){color:red}",
        ":is(.nowhere,.md-typeset){color:red}",
        ".rg-chip--good{color:red}",
        ".is-open{color:red}",
        "#toc{color:red}",
        "[data-md-color-scheme=slate]{color:red}",
        "[type=checkbox]{color:red}",
        "@media print{.md-typeset{color:red}}",
        "@keyframes turn{0%{opacity:0}}",
        "@font-face{font-family:x}",
        '.md-typeset{background:url("data:image/svg+xml,<svg>(a;b}</svg>")}',
    ],
)
def test_what_a_page_may_use_stays_as_it_is(rule: str) -> None:
    assert purged(rule, WORDS) == rule


@pytest.mark.parametrize(
    "rule",
    [
        ".nowhere{color:red}",
        ".md-typeset .nowhere{color:red}",
        ".md-typeset.nowhere:hover{color:red}",
        "#nowhere{color:red}",
        "[data-md-color-scheme=sepia]{color:red}",
        "@media print{.nowhere{color:red}}",
        "/* said */",
    ],
)
def test_what_no_page_can_use_is_left_out(rule: str) -> None:
    assert purged(rule, WORDS) == ""


def test_of_several_selectors_those_that_can_match_stay() -> None:
    assert purged(".nowhere,.md-typeset,b .nowhere{color:red}", WORDS) == ".md-typeset{color:red}"


def test_properties_that_nothing_reads_are_left_out_with_all_that_only_they_read() -> None:
    styles = (
        ':root{--icon:url("data:a(;b)");--deep:1px;--shown:var(--deep);--own:red;color:blue}'
        "p{margin:var(--shown)}"
    )
    assert purged(styles, WORDS, "a{color:var(--own)}") == (
        ":root{--deep:1px;--shown:var(--deep);--own:red;color:blue}p{margin:var(--shown)}"
    )
    assert purged(":root{--a:1px;--b:var(--a)}", WORDS) == ":root{}"
