//! The elements that are open at a place of a page, and which of them a tag ends.
//!
//! No tree is built. What a start tag ends before it, and how far up an end tag reaches, follows the
//! standard's construction of a tree (HTML, 13.2.6) so far as it decides what is shown: paragraphs,
//! list items, cells and readings that no end tag closes, end tags out of order. Each tag costs the
//! same however deep it stands, and each element is opened and closed once.

use std::collections::HashMap;

use super::elements::{ENDS_P, FORMAT, KNOWN, Kind, LIST, SCOPE, SPECIAL, VOID, known};

/// What an end tag does not reach over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fence {
    /// Of most blocks.
    Scope,
    /// Of paragraphs.
    Button,
    /// Of list items.
    List,
    /// Of an item that another item ends.
    Item,
    /// Of what has no place of its own in the standard.
    Special,
    /// Of the parts of a table.
    Table,
    /// Of what is within a drawing or a formula.
    Foreign,
}

const FENCES: [Fence; 7] = [
    Fence::Scope,
    Fence::Button,
    Fence::List,
    Fence::Item,
    Fence::Special,
    Fence::Table,
    Fence::Foreign,
];

impl Fence {
    fn stands_at(self, kind: Kind) -> bool {
        let name = kind.name();
        match self {
            Fence::Scope => kind.is(SCOPE),
            Fence::Button => kind.is(SCOPE) || name == "button",
            Fence::List => kind.is(SCOPE) || kind.is(LIST) && matches!(name, "ol" | "ul"),
            Fence::Item => kind.is(SPECIAL) && !matches!(name, "address" | "div" | "p"),
            Fence::Special => kind.is(SPECIAL),
            Fence::Table => matches!(name, "table" | "template"),
            Fence::Foreign => matches!(name, "svg" | "math"),
        }
    }
}

/// What its attributes say of an element.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    pub hidden: bool,
    /// Whether blanks and line breaks count in it; nothing where it is as around it.
    pub plain: Option<bool>,
    /// Whether its start tag is written as its end, too: `<path/>`.
    pub ends_itself: bool,
}

/// An element that is open.
#[derive(Clone, Copy, Debug)]
struct Element {
    kind: Kind,
    hidden: bool,
    /// Whether its own end tag came while blocks within it stay open.
    gone: bool,
}

/// The elements that are open, from the outermost on.
#[derive(Debug)]
pub(super) struct Open {
    elements: Vec<Element>,
    /// Of each kind, where it is open.
    places: Vec<Vec<u32>>,
    /// Where the fences stand.
    fences: [Vec<u32>; FENCES.len()],
    /// How many of them are hidden themselves.
    hidden: usize,
    /// Where it is said whether blanks count, and what.
    plain: Vec<(u32, bool)>,
    others: HashMap<Box<[u8]>, Kind>,
    /// Those that were closed and are seen, the innermost first.
    closed: Vec<Kind>,
}

impl Default for Open {
    fn default() -> Self {
        Open {
            elements: Vec::new(),
            places: vec![Vec::new(); KNOWN],
            fences: std::array::from_fn(|_| Vec::new()),
            hidden: 0,
            plain: Vec::new(),
            others: HashMap::new(),
            closed: Vec::new(),
        }
    }
}

impl Open {
    /// The kind of an element with a name.
    pub fn kind(&mut self, name: &[u8]) -> Kind {
        if let Some(kind) = known(name).or_else(|| self.others.get(name).copied()) {
            return kind;
        }
        let kind = Kind(self.places.len());
        self.places.push(Vec::new());
        self.others.insert(name.into(), kind);
        kind
    }

    /// Whether nothing that is open hides what comes next.
    pub fn is_seen(&self) -> bool {
        self.hidden == 0
    }

    /// Whether blanks and line breaks count in what comes next.
    pub fn is_plain(&self) -> bool {
        self.plain.last().is_some_and(|(_, plain)| *plain)
    }

    fn has(&self, name: &str) -> bool {
        self.nearest(name).is_some()
    }

    /// What was closed since this was last asked for, and is seen; the innermost first.
    pub fn closed(&mut self) -> impl Iterator<Item = Kind> {
        self.closed.drain(..)
    }

    /// A start tag: ends what it ends, and opens its element unless that has no content. Whether
    /// the element is there at all.
    pub fn start(&mut self, kind: Kind, said: Said) -> bool {
        let name = kind.name();
        if matches!(name, "html" | "head" | "body" | "frame" | "frameset") {
            // Hidden or not, all of a page is within them.
            return true;
        }
        let foreign = self.fence(Fence::Foreign).is_some() && self.leave_foreign(kind);
        if !foreign && !self.make_room(kind) {
            return false;
        }
        let drawn = foreign || Fence::Foreign.stands_at(kind);
        if kind.is(VOID) && !foreign || said.ends_itself && drawn {
            return true;
        }
        let at = u32::try_from(self.elements.len()).unwrap_or(u32::MAX);
        self.elements.push(Element { kind, hidden: said.hidden, gone: false });
        self.hidden += usize::from(said.hidden);
        self.plain.extend(said.plain.map(|plain| (at, plain)));
        if let Some(places) = self.places.get_mut(kind.0) {
            places.push(at);
        }
        for (fence, places) in FENCES.iter().zip(&mut self.fences) {
            if fence.stands_at(kind) {
                places.push(at);
            }
        }
        true
    }

    /// Whether an element stays within the drawing or formula that is open: text of a page ends that.
    fn leave_foreign(&mut self, kind: Kind) -> bool {
        let Some(foreign) = self.fence(Fence::Foreign) else { return false };
        let text =
            ["foreignobject", "desc", "title", "annotation-xml", "mi", "mo", "mn", "ms", "mtext"];
        let within = text.iter().any(|name| {
            let at = known(name.as_bytes()).or_else(|| self.others.get(name.as_bytes()).copied());
            at.and_then(|kind| self.places.get(kind.0)?.last()).is_some_and(|at| *at > foreign)
        });
        if within {
            return false;
        }
        // HTML, 13.2.6.5: those that have no place in foreign content.
        let ends = kind.is(ENDS_P)
            && !matches!(kind.name(), "form" | "fieldset" | "details" | "summary")
            || kind.is(FORMAT) && !matches!(kind.name(), "a" | "font")
            || matches!(
                kind.name(),
                "img" | "meta" | "embed" | "ruby" | "span" | "sub" | "sup" | "var"
            );
        if ends {
            self.close_to(foreign);
        }
        !ends
    }

    /// Ends what does not go on behind a start tag; whether there is a place for its element.
    fn make_room(&mut self, kind: Kind) -> bool {
        if kind.is(ENDS_P) {
            self.end_within("p", Fence::Button);
        }
        if kind.is_heading() && self.top().is_some_and(Kind::is_heading) {
            self.close_last();
        }
        match kind.name() {
            "li" => self.end_within("li", Fence::Item),
            "dd" | "dt" => {
                self.end_within("dd", Fence::Item);
                self.end_within("dt", Fence::Item);
            }
            "option" => self.end_top(&["option"]),
            "optgroup" => {
                self.end_top(&["option"]);
                self.end_top(&["optgroup"]);
            }
            "rb" | "rtc" if self.reaches("ruby", Fence::Scope) => {
                self.end_implied(true);
            }
            "rp" | "rt" if self.reaches("ruby", Fence::Scope) => {
                self.end_implied(false);
            }
            "button" => self.end_within("button", Fence::Scope),
            name @ ("a" | "nobr") => {
                if let Some(kind) = known(name.as_bytes()).filter(|_| self.has(name)) {
                    self.end(kind);
                }
            }
            "caption" | "colgroup" | "tbody" | "thead" | "tfoot" => {
                return self.end_parts(&[
                    "caption", "colgroup", "tbody", "thead", "tfoot", "tr", "td", "th",
                ]);
            }
            "tr" => return self.end_parts(&["caption", "colgroup", "tr", "td", "th"]),
            "td" | "th" => return self.end_parts(&["caption", "colgroup", "td", "th"]),
            _ => {}
        }
        true
    }

    /// Ends the parts of a table that another part ends; false where no table is open.
    fn end_parts(&mut self, parts: &[&str]) -> bool {
        let Some(table) = self.fence(Fence::Table) else { return false };
        if self.at(table).is_none_or(|kind| kind.name() != "table") {
            return true;
        }
        let part = |name: &&str| self.nearest(name).filter(|at| *at > table);
        if let Some(outermost) = parts.iter().filter_map(part).min() {
            self.close_to(outermost);
        }
        true
    }

    /// An end tag. False where it ends nothing.
    pub fn end(&mut self, kind: Kind) -> bool {
        let name = kind.name();
        let fence = match name {
            "html" | "head" | "body" => return false,
            "p" => Fence::Button,
            "li" => Fence::List,
            "table" | "caption" | "colgroup" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" => {
                Fence::Table
            }
            "template" => return self.end_anywhere(kind),
            "option" => {
                let before = self.elements.len();
                self.end_top(&["option"]);
                return self.elements.len() < before;
            }
            _ if kind.is_heading() => return self.end_heading(),
            _ if kind.is(FORMAT) || name == "form" => return self.end_format(kind),
            _ if kind.is(SPECIAL) => Fence::Scope,
            _ => Fence::Special,
        };
        let Some(at) =
            self.place(kind).filter(|at| self.fence(fence).is_none_or(|fence| fence <= *at))
        else {
            return false;
        };
        self.close_to(at);
        true
    }

    fn end_anywhere(&mut self, kind: Kind) -> bool {
        let place = self.place(kind);
        place.into_iter().for_each(|at| self.close_to(at));
        place.is_some()
    }

    /// The end tag of one heading ends any other.
    fn end_heading(&mut self) -> bool {
        let headings = ["h1", "h2", "h3", "h4", "h5", "h6"];
        let nearest = headings.iter().filter_map(|name| self.nearest(name)).max();
        let Some(at) =
            nearest.filter(|at| self.fence(Fence::Scope).is_none_or(|fence| fence < *at))
        else {
            return false;
        };
        self.close_to(at);
        true
    }

    /// Blocks within an element that formats stay open at its end (HTML, 13.2.6.4.7, the adoption
    /// agency algorithm).
    fn end_format(&mut self, kind: Kind) -> bool {
        let Some(at) = self.place(kind) else { return false };
        if self.fence(Fence::Scope).is_some_and(|fence| fence > at) {
            return false;
        }
        if self.fence(Fence::Special).is_none_or(|fence| fence <= at) {
            self.close_to(at);
            return true;
        }
        if let Some(places) = self.places.get_mut(kind.0) {
            places.pop();
        }
        if let Some(element) = self.elements.get_mut(at as usize) {
            element.gone = true;
            self.hidden -= usize::from(element.hidden);
            if self.hidden == 0 {
                self.closed.push(kind);
            }
        }
        true
    }

    fn place(&self, kind: Kind) -> Option<u32> {
        self.places.get(kind.0)?.last().copied()
    }

    fn nearest(&self, name: &str) -> Option<u32> {
        self.place(known(name.as_bytes())?)
    }

    fn fence(&self, fence: Fence) -> Option<u32> {
        self.fences.get(fence as usize)?.last().copied()
    }

    fn at(&self, place: u32) -> Option<Kind> {
        self.elements.get(place as usize).map(|element| element.kind)
    }

    fn top(&self) -> Option<Kind> {
        self.elements.last().filter(|element| !element.gone).map(|element| element.kind)
    }

    fn reaches(&self, name: &str, fence: Fence) -> bool {
        self.nearest(name).is_some_and(|at| self.fence(fence).is_none_or(|fence| fence <= at))
    }

    fn end_within(&mut self, name: &str, fence: Fence) {
        if let Some(at) = self.nearest(name).filter(|_| self.reaches(name, fence)) {
            self.close_to(at);
        }
    }

    fn end_top(&mut self, names: &[&str]) {
        if self.top().is_some_and(|kind| names.contains(&kind.name())) {
            self.close_last();
        }
    }

    /// HTML, 13.2.6.3: generate implied end tags.
    fn end_implied(&mut self, with_rtc: bool) {
        let implied = |kind: Kind| {
            matches!(
                kind.name(),
                "dd" | "dt" | "li" | "optgroup" | "option" | "p" | "rb" | "rp" | "rt"
            ) || with_rtc && kind.name() == "rtc"
        };
        while self.top().is_some_and(implied) {
            self.close_last();
        }
    }

    fn close_to(&mut self, place: u32) {
        while self.elements.len() > place as usize {
            self.close_last();
        }
    }

    fn close_last(&mut self) {
        let Some(Element { kind, hidden, gone }) = self.elements.pop() else { return };
        let place = u32::try_from(self.elements.len()).unwrap_or(u32::MAX);
        for places in &mut self.fences {
            if places.last() == Some(&place) {
                places.pop();
            }
        }
        if self.plain.last().is_some_and(|(at, _)| *at == place) {
            self.plain.pop();
        }
        if gone {
            return;
        }
        if let Some(places) = self.places.get_mut(kind.0) {
            places.pop();
        }
        if self.hidden == 0 {
            self.closed.push(kind);
        }
        self.hidden -= usize::from(hidden);
    }
}
