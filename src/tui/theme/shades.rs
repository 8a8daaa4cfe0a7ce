//! The 256 colours of an xterm.

/// The steps of its colour cube.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// Red, green and blue of one of its 216 cube colours and 24 greys.
pub fn shade(index: u8) -> (u8, u8, u8) {
    if index >= 232 {
        let grey = 8 + (index - 232) * 10;
        return (grey, grey, grey);
    }
    let at = index.saturating_sub(16);
    let level = |part: u8| LEVELS.get(usize::from(part)).copied().unwrap_or(0);
    (level(at / 36), level(at / 6 % 6), level(at % 6))
}

/// The nearest of them.
pub fn nearest(red: u8, green: u8, blue: u8) -> u8 {
    let distance = |index: u8| {
        let square = |a: u8, b: u8| (i32::from(a) - i32::from(b)).pow(2);
        let (r, g, b) = shade(index);
        square(r, red) + square(g, green) + square(b, blue)
    };
    (16..=255).min_by_key(|index| distance(*index)).unwrap_or(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_colours() {
        assert_eq!(nearest(0, 0, 0), 16);
        assert_eq!(nearest(255, 255, 255), 231);
        assert_eq!(nearest(255, 0, 0), 196);
        assert_eq!(nearest(128, 128, 128), 244);
    }
}
