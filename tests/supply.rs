//! What the program is made of: no network, nothing unsafe of its own, nothing unlocked.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Crates that speak to a network, or begin to.
const NETWORK: [&str; 28] = [
    "async-net",
    "async-std",
    "attohttpc",
    "curl",
    "curl-sys",
    "git2",
    "h2",
    "hickory-resolver",
    "hyper",
    "isahc",
    "libssh2-sys",
    "minreq",
    "native-tls",
    "openssl",
    "openssl-sys",
    "quinn",
    "reqwest",
    "rustls",
    "smol",
    "socket2",
    "ssh2",
    "surf",
    "tokio",
    "tokio-net",
    "tungstenite",
    "ureq",
    "webpki",
    "zmq",
];

/// What the system offers to reach another machine, as the linker names it.
const CALLS: [&str; 5] = ["getaddrinfo", "gethostbyname", "listen", "accept4", "sendto"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn no_crate_speaks_to_a_network() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--edges", "normal", "--prefix", "none"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).unwrap();
    let crates: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(crates.len() > 50 && crates.contains(&"ratatui"), "{tree}");
    for name in NETWORK {
        assert!(!crates.contains(&name), "{name} is in the program:\n{tree}");
    }
}

#[test]
fn no_line_of_the_source_opens_a_socket_to_elsewhere() {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    assert!(files.len() > 100);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for name in
            ["std::net", "TcpStream", "TcpListener", "UdpSocket", "UnixListener", "ToSocketAddrs"]
        {
            assert!(!text.contains(name), "{} names {name}", file.display());
        }
        // `notify` says by which signal a thread wakes; a pair of sockets within the program.
        for line in text.lines().filter(|line| line.contains("os::unix::net")) {
            assert_eq!(line, "use std::os::unix::net::UnixStream;", "{}", file.display());
        }
        assert!(!text.contains("UnixStream::connect"), "{}", file.display());
    }
}

/// Nothing of the standard library's network is linked, whatever the crates may hold.
#[test]
#[cfg(target_os = "linux")]
fn the_program_cannot_reach_a_network() {
    let program = fs::read(env!("CARGO_BIN_EXE_dateline")).unwrap();
    let holds = |name: &str| {
        let name = format!("\0{name}\0");
        memchr::memmem::find(&program, name.as_bytes()).is_some()
    };
    assert!(holds("socketpair"), "names of calls are looked for in the wrong place");
    for name in CALLS {
        assert!(!holds(name), "the program calls {name}");
    }
}

#[test]
fn the_manifest_forbids_what_is_unsafe_and_keeps_the_lock() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(manifest.contains("\n[lints.rust]\nunsafe_code = \"forbid\"\n"));
    assert!(
        manifest.contains("exclude = [\".ci/\", \".github/\", \"fuzz/\"]"),
        "fuzzing is no part of the package"
    );
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let package = |line: &&str| line.starts_with("name = ");
    let checked = |line: &&str| line.starts_with("checksum = ");
    // All but the program itself come from the registry, with their checksums.
    assert_eq!(lock.lines().filter(checked).count() + 1, lock.lines().filter(package).count());
    assert!(!lock.contains("git+"));
}
