//! Names in values: images without registry and tag, hosts without path and port.

/// An image's name: no registry, tag or digest. Copies of official images count as these.
pub fn image(text: &str) -> Option<&str> {
    let text = text.split('@').next()?;
    let start = text.rfind('/').map_or(0, |at| at + 1);
    // What is behind the colon may be a variable with colons of its own.
    let end = text.get(start..)?.find(':').map_or(text.len(), |at| start + at);
    let name = match text.get(..end)?.split_once('/') {
        Some((registry, rest)) if is_registry(registry) => rest,
        _ => text.get(..end)?,
    };
    let copies = ["docker/library/", "library/", "bitnami/", "bitnamilegacy/"];
    let name = copies.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte);
    (!name.is_empty() && name.bytes().all(plain)).then_some(name)
}

/// The registry that an image is taken from, where it names one.
pub fn registry(text: &str) -> Option<&str> {
    text.split_once('/').map(|(registry, _)| registry).filter(|it| is_registry(it)).and_then(host)
}

fn is_registry(text: &str) -> bool {
    text.contains(['.', ':']) || text == "localhost"
}

/// The host of an address with or without a scheme. Nothing else of the address: the rest may be a secret.
pub fn host(text: &str) -> Option<&str> {
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let text = text.split(['/', '?', '#']).next()?;
    let text = text.rsplit('@').next()?;
    let text = text.split(':').next()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.' || byte == b'_';
    let number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (!number && text != "localhost" && text.bytes().all(plain)).then_some(text)
}

/// `a/b/c` as its last part.
pub fn last(text: &str) -> &str {
    text.rsplit('/').next().unwrap_or(text)
}

/// `datadog/eu` as `datadog`: a component of the Collector without the name of its instance.
pub fn component(text: &str) -> &str {
    text.split('/').next().unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_names() {
        for (text, name) in [
            ("grafana/loki:3.4.2", "grafana/loki"),
            ("quay.io/prometheus/prometheus:v3.1.0", "prometheus/prometheus"),
            ("docker.io/library/redis:7", "redis"),
            ("docker.io/bitnami/redis", "redis"),
            ("localhost:5000/team/api:1", "team/api"),
            ("postgres@sha256:abc", "postgres"),
            ("grafana/grafana:${TAG:-11.5}", "grafana/grafana"),
            ("public.ecr.aws/docker/library/nginx:1", "nginx"),
        ] {
            assert_eq!(image(text), Some(name), "{text}");
        }
        for text in ["", "${IMAGE}", "{{ .Values.image }}", ":1", "a b"] {
            assert_eq!(image(text), None, "{text}");
        }
        assert_eq!(registry("123.dkr.ecr.eu-west-1.amazonaws.com/app:1"), Some("123.dkr.ecr.eu-west-1.amazonaws.com"));
        assert_eq!(registry("grafana/loki"), None);
    }

    #[test]
    fn of_an_address_only_the_host_is_told() {
        assert_eq!(host("https://user:pass@hooks.slack.com/services/T0/B0/secret"), Some("hooks.slack.com"));
        assert_eq!(host("tempo:4317"), Some("tempo"));
        for text in ["http://127.0.0.1:9090", "localhost:4317", "${env:ENDPOINT}", "https://{{ .x }}/", "a b"] {
            assert_eq!(host(text), None, "{text}");
        }
    }
}
