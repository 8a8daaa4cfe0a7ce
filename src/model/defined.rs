//! Who is who and what is what, where several files define one person or one source.
//!
//! A role is what a file says of somebody, and another file may say another: each definition keeps
//! a number of its own, so that an entry shows its own file's. People and works are counted once,
//! by the first of their definitions.

use crate::model::{Source, SourceIndex, Speaker, SpeakerIndex, Timeline};

/// What one dataset defines.
#[derive(Clone, Debug, Default)]
pub(super) struct Defined {
    pub(super) speakers: Vec<SpeakerIndex>,
    pub(super) sources: Vec<SourceIndex>,
}

impl Timeline {
    /// All speakers, by index. A person whom two files define otherwise stands there twice.
    pub fn speakers(&self) -> &[Speaker] {
        &self.speakers
    }

    /// The person that a speaker is: of those of one id and name, whatever role each file gives
    /// them, the first. Who counts people, or gives them a colour, asks for this; who shows what a
    /// file says of somebody does not.
    pub fn person(&self, index: SpeakerIndex) -> SpeakerIndex {
        self.people.get(index.0 as usize).copied().unwrap_or(index)
    }

    /// Everybody once, each by the first definition.
    pub fn people(&self) -> impl Iterator<Item = (SpeakerIndex, &Speaker)> {
        let numbered = (0u32..).map(SpeakerIndex).zip(&self.speakers);
        numbered.filter(|(index, _)| self.person(*index) == *index)
    }

    /// What the files say that a person does, each once.
    pub fn capacities(&self, person: SpeakerIndex) -> Vec<String> {
        let mut capacities: Vec<String> = Vec::new();
        for (speaker, who) in self.speakers.iter().zip(&self.people) {
            let capacity = speaker.capacity(None).filter(|_| *who == person);
            if let Some(capacity) = capacity.filter(|one| !capacities.contains(one)) {
                capacities.push(capacity);
            }
        }
        capacities
    }

    /// The speakers in the order in which somebody means them who writes in a dataset: its own
    /// first.
    pub fn speakers_from(&self, dataset: usize) -> impl Iterator<Item = &Speaker> + Clone {
        let own = self.defined.get(dataset).into_iter().flat_map(|defined| &defined.speakers);
        own.map(|at| self.speaker(*at)).chain(&self.speakers)
    }

    /// All sources, by index.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The work that a source is: of those of one id and title, the first.
    pub fn work(&self, index: SourceIndex) -> SourceIndex {
        self.works.get(index.0 as usize).copied().unwrap_or(index)
    }

    /// [`Timeline::speakers_from`], of sources.
    pub fn sources_from(&self, dataset: usize) -> impl Iterator<Item = &Source> + Clone {
        let own = self.defined.get(dataset).into_iter().flat_map(|defined| &defined.sources);
        own.map(|at| self.source(*at)).chain(&self.sources)
    }

    /// Takes note that the dataset begun last defines something.
    pub(super) fn define<T>(&mut self, list: impl FnOnce(&mut Defined) -> &mut Vec<T>, index: T) {
        let number = self.datasets.len().saturating_sub(1);
        if self.defined.len() <= number {
            self.defined.resize_with(number + 1, Defined::default);
        }
        if let Some(defined) = self.defined.get_mut(number) {
            list(defined).push(index);
        }
    }
}
