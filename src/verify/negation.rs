//! Words that turn a sentence into its opposite, where a quote adds or leaves them out.
//!
//! What an ellipsis leaves out and what brackets put in is marked as such, and so a quote is verified.
//! But a `not` that goes or comes that way can make somebody say what was never said. The table is
//! short and holds what denies by itself in a language (English, German, French, Spanish, Italian,
//! Portuguese, Dutch, Polish, Russian, Ukrainian, Arabic, Hebrew, Turkish, Chinese, Japanese, Korean);
//! words that deny only in some places (French `plus`, German `noch`) are not in it. All tables count
//! for every text: a warning too many costs a look, one too few a correction.

use crate::verify::words::{Word, words};

/// As they stand in a normal text, which is folded.
const NEGATIONS: [&str; 117] = [
    // English
    "not",
    "no",
    "never",
    "none",
    "nobody",
    "nothing",
    "nowhere",
    "neither",
    "nor",
    "without",
    "cannot",
    "hardly",
    "scarcely",
    "barely",
    // German
    "nicht",
    "nie",
    "niemals",
    "nichts",
    "niemand",
    "niemanden",
    "niemandem",
    "nirgends",
    "nirgendwo",
    "weder",
    "ohne",
    "kaum",
    "kein",
    "keine",
    "keinen",
    "keinem",
    "keiner",
    "keines",
    "keinerlei",
    // French
    "ne",
    "pas",
    "jamais",
    "rien",
    "aucun",
    "aucune",
    "ni",
    "sans",
    "non",
    "guère",
    "nul",
    "nulle",
    // Spanish, Italian, Portuguese
    "nunca",
    "jamás",
    "nada",
    "nadie",
    "ningún",
    "ninguno",
    "ninguna",
    "tampoco",
    "sin",
    "niente",
    "nulla",
    "nessuno",
    "nessuna",
    "né",
    "senza",
    "não",
    "nem",
    "sem",
    "ninguém",
    "nenhum",
    "nenhuma",
    // Dutch, Polish, Turkish
    "niet",
    "geen",
    "nooit",
    "niets",
    "zonder",
    "nigdy",
    "nic",
    "nikt",
    "bez",
    "żaden",
    "żadna",
    "żadnych",
    "değil",
    "yok",
    "hiç",
    // Russian, Ukrainian
    "не",
    "ни",
    "нет",
    "никогда",
    "ничего",
    "никто",
    "нельзя",
    "без",
    "ні",
    "немає",
    "ніколи",
    "нічого",
    "ніхто",
    "жоден",
    "жодного",
    "жодних",
    // Arabic, Hebrew
    "لا",
    "لم",
    "لن",
    "ليس",
    "ليست",
    "بدون",
    "לא",
    "אין",
    "בלי",
    "מעולם",
    // Chinese, Japanese, Korean: each sign is a word of its own.
    "不",
    "没",
    "沒",
    "無",
    "无",
    "未",
    "않",
    "없",
    "못",
    "非",
];

/// How many words behind a bracket at the end of a quote it may stand for, beyond its own.
const BEHIND: usize = 3;

/// The words of a normal text that deny something.
pub(super) fn negations(text: &str) -> Vec<Word> {
    let denies = |word: &str| {
        NEGATIONS.contains(&word)
            || word.ends_with("n't")
            // French `n'est`.
            || word.strip_prefix("n'").is_some_and(|rest| rest.starts_with(char::is_alphabetic))
    };
    let mut found = words(text);
    found.retain(|word| text.get(word.span()).is_some_and(denies));
    found
}

/// The negations in what follows a text that stops at a bracket of so many words: to the end of its
/// sentence, and no more than a few words on.
pub(super) fn behind(rest: &str, count: usize) -> Vec<Word> {
    let end = rest.find(['.', '!', '?', ';', '…']).unwrap_or(rest.len());
    let sentence = rest.get(..end).unwrap_or_default();
    let all = words(sentence);
    let most = all.get(count + BEHIND).map_or(sentence.len(), |word| word.start as usize);
    negations(sentence.get(..most).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::normal::normal;

    #[test]
    fn what_denies_is_told() {
        for (text, told) in [
            ("he is NOT guilty, nor was he", "not nor"),
            ("They didn’t, and cannot", "didn't cannot"),
            ("a knot of nobles noted it", ""),
            ("Das ist keine Lüge und niemals", "keine niemals"),
            ("ce n’est pas vrai", "n'est pas"),
            ("no es nadie", "no nadie"),
            ("он не сказал ничего", "не ничего"),
            ("він не сказав", "не"),
            ("他不是", "不"),
            ("", ""),
        ] {
            let text = normal(text).text;
            let found: Vec<&str> = negations(&text).iter().map(|word| &text[word.span()]).collect();
            assert_eq!(found.join(" "), told, "{text}");
        }
        assert_eq!(behind(" not guilty. it is not", 1).len(), 1);
        assert_eq!(behind(" guilty. he is not", 1).len(), 0);
        assert_eq!(behind(" a b c d e not", 1).len(), 0);
    }

    #[test]
    fn the_table_is_folded() {
        for word in NEGATIONS {
            assert_eq!(normal(word).text, word);
        }
    }
}
