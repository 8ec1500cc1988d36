"""Words by which hosts are told from other text."""

# fmt: off

# Schemes of the network, without and with TLS.
CLEAR = frozenset((
    "http", "ws", "ftp", "mqtt", "rtmp", "rtsp", "amqp", "redis", "coap", "stun", "turn", "tcp",
    "udp", "telnet",
))
CODED = frozenset((
    "https", "wss", "ftps", "sftp", "mqtts", "rtmps", "rtsps", "amqps", "rediss", "coaps",
    "stuns", "turns", "tls", "ssl", "quic", "grpcs",
))

# Endings with which a whole string of two parts is taken for a host, and those that need three.
ALONE = frozenset((
    "com", "net", "org", "cn", "ru", "hk", "ir", "kp", "cu",
))
LONGER = frozenset((
    "io", "co", "cloud", "dev", "app", "tech", "xyz", "mo", "ve", "by", "sg", "jp", "kr", "tw",
    "uk", "de", "fr", "nl", "se", "ch", "eu", "us", "ca", "au", "br", "mx", "vn",
))
ORDINARY = frozenset((
    "com", "net", "org",
))

# What names of packages start with.
PACKAGES = frozenset((
    "com", "org", "net", "io", "android", "androidx", "java", "javax", "kotlin", "kotlinx",
    "dalvik", "sun", "edu", "gov", "dev", "app",
))

# Names of XML vocabularies: addresses that nobody asks.
VOCABULARIES = frozenset((
    "schemas.android.com", "www.w3.org", "ns.adobe.com", "xmlpull.org", "xml.org", "xmlns.com",
    "schemas.xmlsoap.org", "schemas.microsoft.com", "schemas.openxmlformats.org", "purl.org",
    "java.sun.com", "xml.apache.org", "www.xmlpull.org", "iptc.org", "www.aiim.org",
    "ns.useplus.org", "relaxng.org", "www.smpte-ra.org", "cipa.jp", "www.topografix.com",
))
VOCABULARY_PATHS = (
    "www.apple.com/DTDs", "apache.org/xml", "www.unicode.org/cldr",
)
