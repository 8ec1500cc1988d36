"""The grammar of the policy language, for lark's LALR(1) parser with its contextual lexer.

A keyword is one only where the language expects it: a group may be called ``Tenancy``. Names
without quotes have the characters that Oracle allows in names of groups and compartments; in
quotes anything goes. Whatever else there is makes a statement unreadable, which is safer than
half of it.

Sources:
    https://docs.oracle.com/en-us/iaas/Content/Identity/policysyntax/subject.htm
    https://docs.oracle.com/en-us/iaas/Content/Identity/policysyntax/location.htm
    https://docs.oracle.com/en-us/iaas/Content/Identity/policysyntax/conditions.htm
    https://docs.oracle.com/en-us/iaas/Content/Identity/Concepts/policyadvancedfeatures.htm
    https://docs.oracle.com/en-us/iaas/Content/Identity/policieshow/iam-cross-domain.htm
    https://docs.oracle.com/en-us/iaas/Content/Network/Tasks/drg-iam.htm (associate)
"""

GRAMMAR = r"""
?start: allow | endorse | admit | define

allow: (ALLOW | DENY) subject _TO what _IN place [_WHERE condition]

endorse: [DENY] _ENDORSE subject _TO what _IN place [_WHERE condition]
       | [DENY] _ENDORSE subject permitted _IN place [_WHERE condition]
       | [DENY] _ENDORSE subject _TO pair [_WHERE condition]

admit: [DENY] _ADMIT subject source _TO what _IN place [_WHERE condition]
     | [DENY] _ADMIT subject source _TO pair [_WHERE condition]

define: _DEFINE (TENANCY | GROUP | DYNAMIC_GROUP | COMPARTMENT) qualified _AS [ID] ocid

subject: (ANY_USER | ANY_GROUP)
       | (GROUP | DYNAMIC_GROUP | SERVICE) principal ("," principal)*
       | RESOURCE name+                                              -> resource_subject
principal: ID ocid   -> by_ocid
         | qualified

source: [_OF (ANY_TENANCY | TENANCY name)]

what: VERB WORD        -> verb
    | permitted
permitted: "{" WORD ("," WORD)* "}" [WORD]

pair: _ASSOCIATE WORD _IN place _WITH WORD _IN place

place: ANY_TENANCY                                  -> any_tenancy
     | TENANCY [name]                               -> tenancy
     | COMPARTMENT ID ocid [_OF TENANCY name]       -> compartment_by_ocid
     | COMPARTMENT name (":" name)* [_OF TENANCY name]

?condition: (ALL | ANY) "{" condition ("," condition)* "}"  -> group
          | test
test: VARIABLE (EQUAL | UNEQUAL | BEFORE | AFTER) value
    | VARIABLE [NOT] IN "(" value ("," value)* ")"          -> membership
    | VARIABLE _BETWEEN value _AND value                    -> between
value: STRING | PATTERN | BARE

qualified: name ["/" name]
name: NAME | STRING
ocid: OCID | STRING

ALLOW.2: /allow(?![\w.-])/i
DENY.2: /deny(?![\w.-])/i
_ENDORSE.2: /endorse(?![\w.-])/i
_ADMIT.2: /admit(?![\w.-])/i
_DEFINE.2: /define(?![\w.-])/i
_TO.2: /to(?![\w.-])/i
_IN.2: /in(?![\w.-])/i
_WHERE.2: /where(?![\w.-])/i
_AS.2: /as(?![\w.-])/i
_OF.2: /of(?![\w.-])/i
_WITH.2: /with(?![\w.-])/i
_ASSOCIATE.2: /associate(?![\w.-])/i
ANY_USER.2: /any-user(?![\w.-])/i
ANY_GROUP.2: /any-group(?![\w.-])/i
ANY_TENANCY.2: /any-tenancy(?![\w.-])/i
GROUP.2: /group(?![\w.-])/i
DYNAMIC_GROUP.2: /dynamic-group(?![\w.-])/i
SERVICE.2: /service(?![\w.-])/i
RESOURCE.2: /resource(?![\w.-])/i
TENANCY.2: /tenancy(?![\w.-])/i
COMPARTMENT.2: /compartment(?![\w.-])/i
ID.2: /id(?![\w.-])/i
VERB.2: /(inspect|read|use|manage)(?![\w.-])/i
ALL.2: /all(?![\w.-])/i
ANY.2: /any(?![\w.-])/i
NOT.2: /not(?![\w.-])/i
IN.2: /in(?![\w.-])/i
BEFORE.2: /before(?![\w.-])/i
AFTER.2: /after(?![\w.-])/i
_BETWEEN.2: /between(?![\w.-])/i
_AND.2: /and(?![\w.-])/i
EQUAL: "="
UNEQUAL: "!="

WORD: /[A-Za-z][A-Za-z0-9_-]*/
NAME: /[A-Za-z0-9_][A-Za-z0-9_.@+-]*/
VARIABLE: /[A-Za-z][A-Za-z0-9_.@+-]*/
OCID: /ocid1\.[A-Za-z0-9_.-]+/i
STRING: /'(?:[^'\\\x00-\x1f]|\\['\\])*'|"(?:[^"\\\x00-\x1f]|\\["\\])*"/
PATTERN: /\/(?:[^\/'"\\\x00-\x1f]|\\[\/\\])*\//
BARE: /[A-Za-z0-9][A-Za-z0-9_.:@*+-]*/

%import common.WS
%ignore WS
"""
