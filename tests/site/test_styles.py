"""One file of styles for every page: joined in order, named by content, left alone where unsure."""

from builder.site.styles import joined, styles_path, unlinked

FILES = {
    "assets/stylesheets/a.css": b'@charset "UTF-8";\na{}',
    "assets/stylesheets/b.css": b"b{}",
}
A = '<link rel="stylesheet" href="../assets/stylesheets/a.css">\n'
B = '<link rel="stylesheet" href="../assets/stylesheets/b.css">\n'


def test_a_run_of_links_becomes_one_to_all_of_them_in_order() -> None:
    pages, styles = joined({"x": f"<head>{A}{B}</head>"}, FILES)
    assert styles == b"\na{}\nb{}"
    link = f'<link rel="stylesheet" href="../{styles_path(styles)}">\n'
    assert pages["x"] == f"<head>{link}</head>"


def test_a_link_of_a_page_alone_stays() -> None:
    pages, styles = joined({"x": f"<head>{A}{B}</head><body>{A}</body>"}, FILES)
    assert pages["x"].endswith(f"<body>{A}</body>")
    assert styles


def test_a_link_to_a_file_that_is_not_there_leaves_the_page_as_it_is() -> None:
    page = f"<head>{A}{B.replace('b.css', 'c.css')}</head>"
    assert joined({"x": page}, FILES) == ({"x": page}, b"")


def test_other_styles_have_another_name() -> None:
    assert styles_path(b"a{}") != styles_path(b"b{}")


def test_of_the_theme_only_what_a_page_leads_to_is_kept() -> None:
    main, palette = (f"assets/stylesheets/{name}.0f.min.css" for name in ("main", "palette"))
    page = f'<link rel="stylesheet" href="../{main}">'
    assert unlinked([page], [main, palette, "assets/stylesheets/map.css"]) == {palette}
