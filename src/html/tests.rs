use proptest::prelude::*;

use super::*;

#[test]
fn pages_read_as_a_reader_sees_them() {
    for (page, text) in [
        ("<p>One <b>bold</b>\n word</p><p>Two</p>", "One bold word\nTwo"),
        ("a&amp;b &lt;c&gt; &#8217;&#x2019;&#146; &eacute;&yuml;&nbsp;!", "a&b <c> ’’’ éÿ\u{a0}!"),
        ("&unknown; & &; &#xd800; &#0;", "&unknown; & &; \u{fffd} \u{fffd}"),
        ("x<script>if (a</b) \"<p>\"</script >y<style>p{}</style>z", "xyz"),
        ("<!DOCTYPE html><html><head><title>T</title></head><body>B", "T\nB"),
        ("<!-- <p>no</p> -->yes<!-->and<!-- never closed", "yesand"),
        ("<a title='>' href=\"x>y\" data-x=it's>link</a>", "link"),
        ("1 < 2 and 3 <4", "1 < 2 and 3 <4"),
        ("line<br>break<br/>again", "line\nbreak\nagain"),
        ("<table><td>a</td><td>b</td>", "a\nb"),
        ("a<noscript>b</noscript>c<svg><text>d</text></svg>e<svg/>f", "acef"),
        ("cut <a href=\"", "cut"),
        ("in <b", "in"),
        ("<script>never closed", ""),
        ("", ""),
        // Characters as browsers read them.
        ("&Ccedil;a &AMP;&amp &ampx &copy2 &notit; &hearts;&Sum;", "Ça && &x ©2 ¬it; ♥∑"),
        ("&#x41;&#66&#x1F600; &#150; &Lopf;", "AB😀 – 𝕃"),
        // What formats parts no word; blocks do.
        ("casu<i>al</i>ties <span>a</span><span>b</span>c<wbr>d", "casualties abcd"),
        ("one<div>two</div>three<section>four</section>", "one\ntwo\nthree\nfour"),
        ("<pre>\n  casu-\nalties  now</pre>\nnext\nline", "casu-\nalties now\nnext line"),
        (
            "<p style='white-space: pre-wrap'>a\nb<span style='white-space:normal'>\n</span>c</p>d\ne",
            "a\nb c\nd e",
        ),
        ("<div><pre>a\nb</div>c\nd", "a\nb\nc d"),
    ] {
        assert_eq!(to_text(page), text, "{page}");
    }
}

#[test]
fn what_a_page_hides_is_not_read() {
    for (page, text) in [
        ("a<span hidden>x</span>b", "ab"),
        ("a <b style=\"color:red; display : none\">x</b> b", "a b"),
        ("a<div hidden><p>x</p>y</div>b", "ab"),
        ("<div hidden>x<div>y</div>z</div>seen", "seen"),
        ("<template><p>x</p></template>seen", "seen"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</ruby>です", "漢字です"),
        ("<ruby><rb>東<rb>京<rt>tō<rt>kyō</ruby>!", "東京!"),
        ("<dialog>x</dialog><dialog open>y</dialog>", "y"),
        ("<span aria-hidden=true>seen</span>", "seen"),
        ("<video>x</video><canvas>x</canvas><iframe>x</iframe>seen", "seen"),
        // End tags that are left out.
        ("<p hidden>x<p>seen", "seen"),
        ("<p hidden>x<div>seen</div>", "seen"),
        ("<ul><li hidden>x<li>seen<li hidden>y<ul><li>z</ul></ul>too", "seen\ntoo"),
        ("<dl><dt hidden>x<dd>seen<dt>a</dl>", "seen\na"),
        ("<table><tr hidden><td>x<td>y<tr><td>seen<td hidden>z</table>too", "seen\ntoo"),
        ("<table><thead hidden><tr><th>x<tbody><tr><td>seen</table>", "seen"),
        ("<select><option hidden>x<option>seen</select>", "seen"),
        ("<div><p hidden>x</div>seen", "seen"),
        ("<div><span hidden>x</div>y", "y"),
        ("<div hidden><p>x<table><tr><td>y</div>z</table>w</div>seen", "seen"),
        ("<h1 hidden>x</h2>seen", "seen"),
        ("<b><p hidden>x</b>y</p>seen", "seen"),
        ("<p hidden>x<svg><p>seen", "seen"),
        // End tags of nothing.
        ("<div hidden>x</span></p></section>y</div>seen", "seen"),
        ("<p hidden/>x</p>seen", "seen"),
        ("<br hidden>seen<img hidden>too", "seentoo"),
        // All of a page is hidden until its scripts have run.
        ("<body style='display:none'>seen", "seen"),
        ("a</br>b</p>c", "a\nb\nc"),
    ] {
        assert_eq!(to_text(page), text, "{page}");
    }
}

/// What the nodes of a tree show, that a parser of its own has built.
fn by_tree(page: &str) -> String {
    let root = scraper::Html::parse_document(page);
    let unseen = ["script", "style", "template", "rt", "rp", "svg", "iframe", "noscript"];
    let hides = |element: &scraper::node::Element| {
        unseen.contains(&element.name())
            || element.attr("hidden").is_some()
            || element.attr("style") == Some("display:none")
    };
    let seen = root
        .tree
        .nodes()
        .filter(|node| !node.ancestors().any(|up| up.value().as_element().is_some_and(hides)));
    let text = seen.filter_map(|node| node.value().as_text().map(|text| text.to_string()));
    text.collect::<String>().split_whitespace().collect()
}

const PARTS: [&str; 64] = [
    "<p>",
    "</p>",
    "<p hidden>",
    "<div class='a>b'>",
    "</div>",
    "<div hidden>",
    "<div style='display:none'>",
    "<span>",
    "</span>",
    "<span hidden>",
    "<b>bold</b>",
    "<i a=1>in <b>both</b></i>",
    "<em>em</em>",
    "<a href=x>link</a>",
    "<br>",
    "<hr>",
    "</br>",
    "<ul>",
    "</ul>",
    "<ol hidden>",
    "</ol>",
    "<li>",
    "<li hidden>",
    "</li>",
    "<dl>",
    "</dl>",
    "<dt>",
    "<dd hidden>",
    "<dd>",
    "</dd>",
    "<h1>",
    "</h1>",
    "<h2 hidden>",
    "</h2>",
    "<section>",
    "</section>",
    "<section hidden>",
    "<blockquote>",
    "</blockquote>",
    "<ruby>",
    "</ruby>",
    "<rt>",
    "</rt>",
    "<rp>",
    "<my-part hidden>",
    "</my-part>",
    "<button>",
    "</button>",
    "<button hidden>",
    "<template>",
    "</template>",
    "word ",
    "two words",
    "&amp;",
    "&mdash;",
    "&#8220;",
    "&eacute;t&eacute;",
    "<script>var a = '<p>';</script>",
    "<style>p { }</style>",
    "<!-- a > b -->",
    " \n ",
    "&notin &copy",
    "<pre>",
    "</pre>",
];

/// A table that is written as one ought to be, but for the end tags of its parts.
fn table() -> impl Strategy<Value = String> {
    let cell = ("<t[dh]( hidden)?>[a-z]{1,3}(</t[dh]>)?", "").prop_map(|(cell, _)| {
        // An end tag of the other kind would be one out of order.
        let other = if cell.starts_with("<td") { ("</th>", "</td>") } else { ("</td>", "</th>") };
        cell.replace(other.0, other.1)
    });
    let row = (any::<bool>(), any::<bool>(), prop::collection::vec(cell, 0..4)).prop_map(
        |(hidden, ends, cells)| {
            format!(
                "<tr{}>{}{}",
                if hidden { " hidden" } else { "" },
                cells.concat(),
                if ends { "</tr>" } else { "" }
            )
        },
    );
    let part = ("<(tbody|thead|tfoot)( hidden)?>", prop::collection::vec(row, 0..3))
        .prop_map(|(tag, rows)| tag + &rows.concat());
    prop::collection::vec(part, 0..3).prop_map(|parts| format!("<table>{}</table>", parts.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_page_is_too_broken(page in "(<[/!?]?[a-z]{0,3}[ =\"'>]?|&#?[a-z0-9]{0,4};?|script|-->|[\\PC\n]){0,30}") {
        to_text(&page);
    }

    #[test]
    fn a_reader_of_html_sees_the_same_words(
        parts in prop::collection::vec(prop_oneof![
            12 => prop::sample::select(PARTS.to_vec()).prop_map(str::to_owned),
            1 => table(),
        ], 0..24),
    ) {
        let page = format!("<!DOCTYPE html><body>{}", parts.concat());
        let ours: String = to_text(&page).split_whitespace().collect();
        prop_assert_eq!(ours, by_tree(&page), "{}", page);
    }
}

#[test]
fn pages_made_to_tire_are_read_in_the_time_of_their_length() {
    let many = |part: &str| part.repeat(40_000);
    for page in [
        many("<div>"),
        many("<div hidden>"),
        many("<b>"),
        many("<b><p>") + &many("</b>"),
        many("<a href=x>"),
        many("<p><b id=x>"),
        many("<table><tr><td>"),
        many("<svg>"),
        many("</div>"),
        many("<span>") + &many("</div></p></li></td>"),
        many("<li><ul>") + &many("<dd>"),
        many("<ruby><rt>"),
        many("&amp"),
        many("&notanentityatall"),
        many("<!--"),
        many("<![CDATA["),
        format!("<p {}>", many("a ")),
        format!("<p {}>", many("style='display:none' ")),
        format!("<p style='{}'>", many("display:none!important;")),
        format!("<p style='{}'>", many("a:b!important;")),
        format!("<script>{}", many("</scrip")),
        format!("<title>{}", many("</titl>")),
        many("<x-").replace("x-", "x-\u{301}"),
    ] {
        to_text(&page);
    }
}
