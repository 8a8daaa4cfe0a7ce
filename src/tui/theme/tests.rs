use super::*;

#[test]
fn built_in_themes_are_read_under_their_names() {
    for (name, text) in BUILT_IN {
        for colours in [Colours::None, Colours::Sixteen, Colours::Indexed, Colours::True] {
            let theme = Theme::parse(text, colours).unwrap();
            assert_eq!(theme.name, name);
            assert!(theme.speakers.len() >= 6 || name == "terminal");
        }
    }
}

#[test]
fn no_colour_means_none() {
    for (_, text) in BUILT_IN {
        let theme = Theme::parse(text, Colours::None).unwrap();
        for (role, _, style) in theme.roles() {
            assert_eq!((style.fg, style.bg), (None, None), "{role}");
        }
        assert_ne!(theme.selected.patch(theme.found_here), theme.selected);
    }
}

/// All of it can be read on the theme's own ground, whatever the terminal's.
#[test]
fn words_and_marks_stand_out_in_every_theme() {
    let mut grounds = 0;
    for (name, text) in BUILT_IN {
        for colours in [Colours::Indexed, Colours::True] {
            let theme = Theme::parse(text, colours).unwrap();
            let Some(ground) = theme.ground.bg.and_then(Rgb::of) else { continue };
            assert!(theme.ground.fg.is_some_and(|fg| Rgb::of(fg).is_some()), "{name}");
            assert_eq!(theme.faults_on(ground), [], "{name}, {colours:?}");
            grounds += 1;
        }
    }
    assert_eq!(grounds, 8, "all but the terminal's own");
}

/// The shades of the first sixteen in terminals of many people's: xterm, GNOME's, and the VGA of the
/// Linux console.
const PALETTES: [[u32; 16]; 3] = [
    [
        0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5,
        0x7f_7f7f, 0xff_0000, 0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
    ],
    [
        0x17_1421, 0xc0_1c28, 0x26_a269, 0xa2_734c, 0x12_488b, 0xa3_47ba, 0x2a_a1b3, 0xd0_cfcc,
        0x5e_5c64, 0xf6_6151, 0x33_da7a, 0xe9_ad0c, 0x2a_7bde, 0xc0_61cb, 0x33_c7de, 0xff_ffff,
    ],
    [
        0x00_0000, 0xaa_0000, 0x00_aa00, 0xaa_5500, 0x00_00aa, 0xaa_00aa, 0x00_aaaa, 0xaa_aaaa,
        0x55_5555, 0xff_5555, 0x55_ff55, 0xff_ff55, 0x55_55ff, 0xff_55ff, 0x55_ffff, 0xff_ffff,
    ],
];

fn in_palette(palette: &[u32; 16], colour: Color) -> Rgb {
    const NAMED: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    let at = NAMED.iter().position(|named| *named == colour).expect("one of the sixteen");
    let [_, red, green, blue] = palette[at].to_be_bytes();
    Rgb(red, green, blue)
}

#[test]
fn words_and_marks_stand_out_in_the_terminal_s_own_colours() {
    for (name, text) in BUILT_IN {
        let theme = Theme::parse(text, Colours::Sixteen).unwrap();
        for (role, sort, style) in theme.roles() {
            assert_eq!(style.bg, None, "{name}: {role} would be a patch on the selected row");
            let dim = style.add_modifier.contains(Modifier::DIM);
            assert!(matches!(sort, Sort::Mark | Sort::Rule) || !dim, "{name}: {role} is faint");
            let Some(fg) = style.fg else { continue };
            let needs = if matches!(sort, Sort::Mark | Sort::Rule) { 3.0 } else { 4.5 };
            for palette in &PALETTES {
                let letters = in_palette(palette, fg);
                // Where the theme paints none, the ground may be the palette's black or white.
                let grounds = match theme.ground.bg {
                    Some(ground) => vec![in_palette(palette, ground)],
                    None => vec![in_palette(palette, Color::Black), Rgb(255, 255, 255)],
                };
                for ground in grounds {
                    let ratio = letters.against(ground);
                    assert!(ratio >= needs, "{name}: {role}, {fg:?} on {ground:?}: {ratio:.2}");
                }
            }
        }
    }
}

#[test]
fn a_selected_row_of_few_colours_has_one_style() {
    for (name, text) in BUILT_IN {
        for colours in [Colours::None, Colours::Sixteen] {
            let theme = Theme::parse(text, colours).unwrap();
            for (role, sort, style) in theme.roles() {
                if matches!(sort, Sort::Words | Sort::Mark | Sort::Rule) {
                    assert_eq!(
                        Theme::over(style, theme.selected),
                        theme.selected,
                        "{name}: {role}"
                    );
                }
            }
            // What is found stands out on the row, and the row from the others.
            assert_ne!(theme.selected.patch(theme.found_here), theme.selected);
            assert!(theme.selected.add_modifier.contains(Modifier::REVERSED));
            assert!(theme.selected_away.add_modifier.contains(Modifier::UNDERLINED));
        }
    }
}

#[test]
fn the_look_follows_the_ground() {
    let of = |name: &str| Theme::built_in(name, Colours::True).unwrap();
    let looks = Looks { dark: of("dark"), light: of("light"), unknown: of("terminal") };
    let unknown = looks.on(None);
    assert_eq!(
        (unknown.name.as_str(), unknown.text.fg, unknown.ground.bg),
        ("terminal", None, None)
    );
    for (ground, name, kept) in [
        (Rgb(0, 0, 0), "dark", true),
        (Rgb(0x17, 0x14, 0x21), "dark", true),
        // Solarized, Gruvbox, Dracula.
        (Rgb(0, 0x2b, 0x36), "dark", true),
        (Rgb(0x28, 0x28, 0x28), "dark", true),
        (Rgb(0x28, 0x2a, 0x36), "dark", true),
        (Rgb(255, 255, 255), "light", true),
        (Rgb(0xfd, 0xf6, 0xe3), "light", true),
        // On these no more than words of black or white could be read.
        (Rgb(0x60, 0x60, 0x60), "dark", false),
        (Rgb(0x90, 0x90, 0x90), "light", false),
        (Rgb(0, 0, 255), "dark", false),
    ] {
        let look = looks.on(Some(ground));
        assert_eq!((look.name.as_str(), look.ground.bg.is_none()), (name, kept), "{ground:?}");
        let behind = look.ground.bg.and_then(Rgb::of).unwrap_or(ground);
        assert_eq!(look.faults_on(behind), [], "{ground:?}");
    }
}

#[test]
fn upright_has_no_italics() {
    let theme = Theme::built_in("dark", Colours::True).unwrap();
    let italic = |theme: &Theme| {
        let has = |style: Style| style.add_modifier.contains(Modifier::ITALIC);
        theme.roles().into_iter().filter(|(.., style)| has(*style)).count()
    };
    assert!(italic(&theme) > 0);
    assert_eq!(italic(&theme.upright()), 0);
}

#[test]
fn a_colour_that_is_none_is_named() {
    let text = BUILT_IN[0].1.replace("\"#e6b450\"", "\"mauvish\"");
    assert!(Theme::parse(&text, Colours::True).unwrap_err().contains("`mauvish` is no colour"));
}
