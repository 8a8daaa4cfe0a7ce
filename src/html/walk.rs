//! From the tokens of a page to what is shown of it.

use std::convert::Infallible;

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::attributes::Attributes;
use super::elements::{BLOCK, Kind, PLAIN};
use super::open::{Open, Said};

/// Takes in what a page shows, in order.
pub trait Reader {
    /// Text, with characters written by name or number read. `plain` says that blanks and line
    /// breaks in it count, as in `<pre>`; elsewhere a run of them is one space.
    fn text(&mut self, text: &str, plain: bool);

    /// An element begins: its name, or nothing for one that is no part of HTML.
    fn open(&mut self, element: Element<'_>);

    /// An element ends, by its end tag or another.
    fn close(&mut self, element: Element<'_>);
}

/// An element as a [`Reader`] sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element<'a> {
    /// Its name; empty for one that is no part of HTML.
    pub name: &'a str,
    /// Whether it stands on lines of its own.
    pub block: bool,
    /// Where it leads to, at its beginning.
    pub href: Option<&'a str>,
}

impl<'a> Element<'a> {
    fn of(kind: Kind, href: Option<&'a str>) -> Self {
        Element { name: kind.name(), block: kind.is(BLOCK), href }
    }
}

/// Reads a page from its beginning to its end.
pub fn read(page: &str, reader: &mut dyn Reader) {
    let walk = Walk { reader, open: Open::default(), tag: None, begun: false };
    let mut emitter = CallbackEmitter::new(walk);
    emitter.naively_switch_states(true);
    let all = Tokenizer::new_with_emitter(page, emitter);
    all.for_each(drop);
}

/// A start tag whose attributes are being read.
struct Tag {
    kind: Kind,
    /// The name of the attribute whose value comes next.
    name: Vec<u8>,
    attributes: Attributes,
}

struct Walk<'a> {
    reader: &'a mut dyn Reader,
    open: Open,
    tag: Option<Tag>,
    /// Whether the line break right behind `<pre>` may come.
    begun: bool,
}

impl Walk<'_> {
    fn start(&mut self, tag: Tag, ends_itself: bool) {
        let Tag { kind, attributes, .. } = tag;
        let hidden = attributes.hide(kind);
        let plain = attributes.plain().or(kind.is(PLAIN).then_some(true));
        let there = self.open.start(kind, Said { hidden, plain, ends_itself });
        self.tell_closed();
        if !there {
            return;
        }
        if self.open.is_seen() && !hidden {
            self.reader.open(Element::of(kind, attributes.href.as_deref()));
        }
        self.begun = matches!(kind.name(), "pre" | "listing" | "textarea");
    }

    fn end(&mut self, name: &[u8]) {
        let kind = self.open.kind(name);
        if !self.open.end(kind) && self.open.is_seen() && matches!(kind.name(), "p" | "br") {
            // Browsers make an empty element of these two.
            self.reader.open(Element::of(kind, None));
            self.reader.close(Element::of(kind, None));
        }
        self.tell_closed();
    }

    fn tell_closed(&mut self) {
        for kind in self.open.closed() {
            self.reader.close(Element::of(kind, None));
        }
    }

    fn text(&mut self, text: &[u8]) {
        let begun = std::mem::replace(&mut self.begun, false);
        if !self.open.is_seen() {
            return;
        }
        let text = String::from_utf8_lossy(text);
        let text = if begun { text.strip_prefix('\n').unwrap_or(&text) } else { &text };
        let plain = self.open.is_plain();
        // Browsers drop them.
        if text.contains('\0') {
            self.reader.text(&text.replace('\0', ""), plain);
        } else {
            self.reader.text(text, plain);
        }
    }
}

impl Callback<Infallible, ()> for Walk<'_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                let kind = self.open.kind(name);
                self.tag = Some(Tag { kind, name: Vec::new(), attributes: Attributes::default() });
            }
            CallbackEvent::AttributeName { name } => {
                if let Some(tag) = &mut self.tag {
                    tag.add(b"");
                    tag.name = name.to_vec();
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(tag) = &mut self.tag {
                    tag.add(value);
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some(mut tag) = self.tag.take() {
                    tag.add(b"");
                    self.start(tag, self_closing);
                }
            }
            CallbackEvent::EndTag { name } => {
                self.tag = None;
                self.end(name);
            }
            CallbackEvent::String { value } => self.text(value),
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
        None
    }
}

impl Tag {
    /// The value of the attribute that was named last, if that has none yet.
    fn add(&mut self, value: &[u8]) {
        let name = std::mem::take(&mut self.name);
        if !name.is_empty() {
            self.attributes.add(&name, value);
        }
    }
}
