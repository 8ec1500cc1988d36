"""Why a type of resource holds no data and moves none."""

SETTINGS = "settings that others use; it holds nothing itself"
IDENTITY = "says who may do what, and holds no data of users"
NETWORK = "a part of a network through which data passes; what connects networks is collected"
WATCH = "watches or reports, and keeps no copy of what it watches"
DEPLOYMENT = "describes how resources are made; the resources are collected themselves"
PART = "a part of a resource that is collected; its data is that resource's"
ENTRY = "an entry of an identity domain; the domain, in which people's data rests, is collected"
