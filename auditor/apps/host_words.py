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

# Endings in other scripts, of countries and of those that many use, as they are asked for.
ENDINGS = frozenset((
    "xn--3bst00m", "xn--3ds443g", "xn--3e0b707e", "xn--55qx5d", "xn--6qq986b3xl", "xn--80adxhks",
    "xn--80ao21a", "xn--80asehdb", "xn--80aswg", "xn--90a3ac", "xn--90ae", "xn--90ais",
    "xn--c1avg", "xn--czru2d", "xn--d1alf", "xn--fiq228c5hs", "xn--fiqs8s", "xn--fiqz9s",
    "xn--h2brj9c", "xn--hxt814e", "xn--io0a7i", "xn--j1amh", "xn--j6w193g", "xn--kprw13d",
    "xn--kpry57d", "xn--kput3i", "xn--l1acc", "xn--mgba3a4f16a", "xn--mgbaam7a8h",
    "xn--mgberp4a5d4ar", "xn--mix082f", "xn--mix891f", "xn--mk1bu44c", "xn--node", "xn--o3cw4h",
    "xn--od0alg", "xn--ogbpf8fl", "xn--p1acf", "xn--p1ai", "xn--q9jyb4c", "xn--qxam",
    "xn--ses554g", "xn--tckwe", "xn--vuq861b", "xn--wgbh1c", "xn--y9a3aq", "xn--yfro4i67o",
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
