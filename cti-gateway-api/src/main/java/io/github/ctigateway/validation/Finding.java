package io.github.ctigateway.validation;

import java.util.Locale;

/**
 * Everything that {@link GatewayValidator} can find: the stable code, how bad it is, and cause and cure in both languages. The documents'
 * table is made from it. Texts have places {@code {0}} … for what was found.
 */
public enum Finding {
    NAME_INVALID(
            Severity.ERROR,
            "gateway.name.invalid",
            "FreeSWITCH skips a gateway whose name is not made of ASCII letters, digits, '_', '.' and '-'",
            "choose a name such as trunk-a",
            "网关名只能由 ASCII 字母、数字、“_”“.”“-”组成，否则 FreeSWITCH 会跳过该网关",
            "换一个名字，例如 trunk-a"),
    NAME_RESERVED(
            Severity.ERROR,
            "gateway.name.reserved",
            "the name is a word of the sofia commands: killgw would take down every gateway of the profile",
            "choose another name",
            "该名字是 sofia 命令的保留字：killgw 会删除该 profile 的全部网关",
            "换一个名字"),
    NAME_UNSENDABLE(
            Severity.ERROR,
            "gateway.name.unsendable",
            "the name holds mod_event_socket and reload or unload: a command with these words takes the event socket down",
            "choose another name",
            "该名字同时含有 mod_event_socket 与 reload 或 unload：含有这些字样的命令会使 event socket 停止工作",
            "换一个名字"),
    NAME_TOO_LONG(
            Severity.ERROR,
            "gateway.name.too-long",
            "the name has {0} characters; mod_sofia keeps 255 of them where it matches answers to gateways",
            "choose a shorter name",
            "网关名有 {0} 个字符；mod_sofia 匹配应答时只保留 255 个",
            "换一个更短的名字"),
    REQUIRED(
            Severity.ERROR,
            "param.required",
            "FreeSWITCH skips a gateway that registers without a {0}",
            "set {0}, or register=false",
            "需要注册但没有 {0} 的网关会被 FreeSWITCH 跳过",
            "填写 {0}，或设置 register=false"),
    UNKNOWN(
            Severity.WARNING,
            "param.unknown",
            "mod_sofia knows no gateway parameter {0} and ignores it",
            "{1}",
            "mod_sofia 没有网关参数 {0}，会忽略它",
            "{1}"),
    USE_VARIABLE(
            Severity.WARNING,
            "param.dead.use-variable",
            "{0} is a channel variable; as a parameter it does nothing",
            "move it to variables",
            "{0} 是通道变量，写成参数不起作用",
            "移到 variables 中"),
    WITHOUT_EFFECT(
            Severity.INFO,
            "param.without-effect",
            "mod_sofia only shows {0}; nothing depends on it",
            "remove it",
            "mod_sofia 只显示 {0}，没有实际作用",
            "删除它"),
    ALIAS(
            Severity.INFO,
            "param.alias",
            "{0} is an old spelling that mod_sofia still reads",
            "write {1}",
            "{0} 是旧写法，mod_sofia 仍然识别",
            "改写为 {1}"),
    ALIAS_TWICE(
            Severity.WARNING,
            "param.alias.twice",
            "{0} and {1} are one parameter to mod_sofia, which takes the last: {2}",
            "keep one of them",
            "{0} 和 {1} 对 mod_sofia 是同一个参数，以最后一个为准：{2}",
            "只保留其中一个"),
    COERCED(
            Severity.WARNING,
            "param.coerced",
            "mod_sofia uses {1} instead of {0}",
            "write the number that is meant; the least is {2}",
            "mod_sofia 使用 {1} 代替 {0}",
            "填写想要的数字，最小为 {2}"),
    PARTIAL(
            Severity.WARNING,
            "param.number.partial",
            "of {0} mod_sofia reads {1}",
            "write digits only",
            "{0} 会被 mod_sofia 读作 {1}",
            "只填写数字"),
    BOOLEAN_ODD(
            Severity.WARNING,
            "param.boolean.odd",
            "mod_sofia takes {0} for false: it is none of its words for true, nor one for false",
            "write true or false",
            "mod_sofia 把 {0} 当作 false：它既不是真值也不是假值",
            "填写 true 或 false"),
    EXPIRE_MALFORMED(
            Severity.ERROR,
            "param.expire-seconds.malformed",
            "the REGISTER carries {0} as it stands, which is no valid Expires: it is never sent",
            "write digits only",
            "REGISTER 原样携带 {0}，不是有效的 Expires，注册不会发出",
            "只填写数字"),
    EXPIRE_ZERO(
            Severity.ERROR,
            "param.expire-seconds.zero",
            "a REGISTER for 0 seconds removes the registration, and FreeSWITCH shows REGED all the same",
            "60 is recommended",
            "有效期为 0 的 REGISTER 会注销，而 FreeSWITCH 仍显示 REGED",
            "建议设置 60"),
    EXPIRE_LOW(
            Severity.WARNING,
            "param.expire-seconds.low",
            "the REGISTER asks for {0} s, too short to refresh in time; mod_sofia's own refresh takes 3600",
            "write 5 or more; 60 is recommended",
            "REGISTER 请求 {0} 秒，来不及刷新；mod_sofia 自身的刷新间隔使用 3600",
            "填写 5 或以上，建议 60"),
    PING_OFF(
            Severity.WARNING,
            "param.ping.off",
            "ping {0} is below 5: mod_sofia logs an error and does not ping",
            "write 5 or more, or remove it",
            "ping {0} 小于 5：mod_sofia 记录错误，不会探测",
            "填写 5 或以上，或删除"),
    PING_NEVER(
            Severity.WARNING,
            "param.ping.never-sent",
            "mod_sofia reads the negative ping {0} as a huge number: no ping is ever sent",
            "write 5 or more, or remove it",
            "mod_sofia 把负数 {0} 读作极大的数：永远不会探测",
            "填写 5 或以上，或删除"),
    PING_NEVER_UP(
            Severity.WARNING,
            "param.ping.never-up",
            "successes are counted up to ping-max {1}, so ping-min {0} is never reached: once DOWN, the gateway stays DOWN",
            "let ping-min be at most ping-max",
            "成功计数最多到 ping-max {1}，永远达不到 ping-min {0}：一旦 DOWN 就不会恢复",
            "ping-min 不要大于 ping-max"),
    PING_NEVER_DOWN(
            Severity.WARNING,
            "param.ping.never-down",
            "with ping-min {0} failed pings never take the gateway DOWN",
            "write 1 or more",
            "ping-min 为 {0} 时，探测失败也不会使网关 DOWN",
            "填写 1 或以上"),
    IGNORED(
            Severity.WARNING,
            "param.ignored",
            "{0} is ignored without {1}",
            "set {1}, or remove {0}",
            "没有 {1} 时 {0} 被忽略",
            "设置 {1}，或删除 {0}"),
    IGNORED_BY_PROFILE(
            Severity.WARNING,
            "param.ignored.profile",
            "{0} is ignored: the profile has RFC 5626 off",
            "set enable-rfc-5626 on the profile, or remove {0}",
            "{0} 被忽略：profile 未启用 RFC 5626",
            "在 profile 中设置 enable-rfc-5626，或删除 {0}"),
    REG_ID_MISSING(
            Severity.WARNING,
            "param.reg-id.missing",
            "without reg-id mod_sofia writes reg-id=(null) into Contact",
            "set reg-id, such as 1",
            "没有 reg-id 时，mod_sofia 在 Contact 中写入 reg-id=(null)",
            "填写 reg-id，例如 1"),
    TRANSPORT_UNKNOWN(
            Severity.ERROR,
            "param.transport.unknown",
            "FreeSWITCH skips a gateway whose transport it does not know",
            "use udp, tcp, tls or sctp",
            "传输协议无法识别，FreeSWITCH 会跳过该网关",
            "使用 udp、tcp、tls 或 sctp"),
    TRANSPORT_TLS_OFF(
            Severity.ERROR,
            "param.transport.tls-off",
            "FreeSWITCH skips a gateway with transport tls, since the profile has TLS off",
            "set tls=true on the profile, or use another transport",
            "profile 未启用 TLS，FreeSWITCH 会跳过使用 tls 的网关",
            "在 profile 中设置 tls=true，或换用其他协议"),
    TRANSPORT_NEEDS_TLS(
            Severity.INFO,
            "param.transport.needs-tls",
            "the gateway is skipped unless its profile has TLS on",
            "see that the profile has tls=true",
            "profile 未启用 TLS 时该网关会被跳过",
            "确认 profile 设置了 tls=true"),
    TRANSPORT_PREFIX(
            Severity.WARNING,
            "param.transport.prefix",
            "mod_sofia compares the beginning only and takes {0} for {1}",
            "write {1}",
            "mod_sofia 只比较开头，把 {0} 当作 {1}",
            "填写 {1}"),
    HOST_SCHEME(
            Severity.ERROR,
            "param.host.scheme",
            "mod_sofia puts sip: in front itself: with a second one the REGISTER never leaves and the gateway hangs in TRYING",
            "write the host without {0}",
            "mod_sofia 会自己加上 sip:，重复后 REGISTER 无法发出，网关停在 TRYING",
            "填写不带 {0} 的主机"),
    REALM_SCHEME(
            Severity.WARNING,
            "param.realm.scheme",
            "a realm is a plain word or host; no registrar asks for one with a scheme",
            "write it without {0}",
            "鉴权域应是普通文本或主机名，不带协议头",
            "去掉 {0}"),
    HOST_INVALID(
            Severity.ERROR,
            "param.host.invalid",
            "{0} cannot be a host",
            "write a host name or an address, with :port if need be",
            "{0} 不是有效的主机",
            "填写主机名或地址，需要时加 :端口"),
    HOST_IPV6(
            Severity.ERROR,
            "param.host.ipv6-brackets",
            "an IPv6 address needs brackets here, else its last part is read as a port",
            "write [{0}]",
            "此处的 IPv6 地址需要方括号，否则最后一段会被当作端口",
            "填写 [{0}]"),
    PORT_INVALID(
            Severity.ERROR,
            "param.port.invalid",
            "{0} is no port",
            "write a number from 1 to 65535",
            "{0} 不是有效端口",
            "填写 1 到 65535 的数字"),
    CONTACT_HOST(
            Severity.ERROR,
            "param.contact-host.invalid",
            "mod_sofia adds the profile's port, and brackets around whatever has a colon: {0} makes a Contact that cannot be reached",
            "write the bare host or address",
            "mod_sofia 会加上 profile 的端口，并给带冒号的值加方括号：{0} 会得到不可达的 Contact",
            "只填写主机或地址"),
    NO_ADDRESS(
            Severity.WARNING,
            "gateway.address.missing",
            "without realm and proxy the gateway's own name is taken for the registrar's host",
            "set realm",
            "没有 realm 和 proxy 时，网关名会被当作服务器地址",
            "填写 realm"),
    USER_CHARACTERS(
            Severity.WARNING,
            "param.user.characters",
            "{0} holds a character that cannot stand in the user part of a SIP URI",
            "write it as %XX, or remove it",
            "{0} 含有 SIP URI 用户部分不允许的字符",
            "写成 %XX，或删除"),
    USER_BROKEN(
            Severity.ERROR,
            "param.user.broken",
            "{0} makes a From that the SIP stack cannot read: the REGISTER never leaves and the gateway hangs in TRYING",
            "write {1} as %XX, or remove it",
            "{0} 会得到 SIP 协议栈无法解析的 From：REGISTER 无法发出，网关停在 TRYING",
            "把 {1} 写成 %XX，或删除"),
    CREDENTIALS_COLON(
            Severity.ERROR,
            "param.credentials.colon",
            "mod_sofia hands user and password to the SIP stack with colons between: {0} is cut at its first colon and the registrar refuses it",
            "agree on one without a colon with the carrier",
            "mod_sofia 用冒号连接用户名和密码交给 SIP 协议栈：{0} 会在第一个冒号处被截断，注册会被拒绝",
            "与运营商协商不含冒号的值"),
    CREDENTIALS_COLON_ON_CALLS(
            Severity.WARNING,
            "param.credentials.colon-on-calls",
            "{0} is cut at its first colon when the carrier asks for authentication of a call",
            "agree on one without a colon with the carrier, or remove it",
            "运营商要求呼叫鉴权时，{0} 会在第一个冒号处被截断",
            "与运营商协商不含冒号的值，或删除"),
    CREDENTIALS_LONG(
            Severity.ERROR,
            "param.credentials.too-long",
            "user and password have {0} bytes; mod_sofia has room for {1}, and the rest is cut off",
            "agree on a shorter password with the carrier",
            "用户名和密码共 {0} 字节，mod_sofia 最多容纳 {1}，其余被截断",
            "与运营商协商更短的密码"),
    CREDENTIALS_MAYBE_LONG(
            Severity.WARNING,
            "param.credentials.long",
            "user, password and realm have {0} bytes; mod_sofia has room for {1}, and the end of the password is cut off when the registrar asks for this realm",
            "agree on a shorter password with the carrier",
            "用户名、密码和 realm 共 {0} 字节，mod_sofia 最多容纳 {1}；如果注册服务器使用该 realm，密码末尾会被截断",
            "与运营商协商更短的密码"),
    EXTENSION_CONTACT(
            Severity.WARNING,
            "param.extension-in-contact.auto",
            "with extension=auto_to_user the Contact becomes auto_to_user@ip",
            "remove extension-in-contact, or set a real extension",
            "extension=auto_to_user 时 Contact 会变成 auto_to_user@ip",
            "删除 extension-in-contact，或填写真实的 extension"),
    CONTACT_PARAMS(
            Severity.WARNING,
            "param.contact-params.twice",
            "mod_sofia adds {0} to Contact itself; here it stands twice",
            "remove it",
            "mod_sofia 会自己在 Contact 中加上 {0}，这里重复了",
            "删除它"),
    EMPTY_CHANGES(
            Severity.WARNING,
            "param.empty.changes",
            "written empty in XML, {0} changes the gateway: {1}; this library takes an empty value for absent and leaves it out",
            "write what is meant, or remove it",
            "在 XML 中写成空值的 {0} 会改变网关：{1}；本库把空值当作未设置并省略",
            "填写想要的值，或删除"),
    CONTROL(
            Severity.ERROR,
            "value.control-character",
            "the value holds a control character ({0}), which breaks the SIP message",
            "remove it",
            "值中含有控制字符（{0}），会破坏 SIP 消息",
            "删除它"),
    NOT_XML(
            Severity.ERROR,
            "value.not-xml",
            "the value holds {0}, which XML cannot carry",
            "remove it",
            "值中含有 {0}，XML 无法表示",
            "删除它"),
    BLANK_EDGES(
            Severity.WARNING,
            "value.blank-edges",
            "the value begins or ends with a blank",
            "remove it unless it is meant",
            "值的开头或结尾有空白",
            "如非有意，请删除"),
    HARDENED(
            Severity.INFO,
            "value.needs-hardened-xml",
            "the value holds {0}, which FreeSWITCH's preprocessor would change or drop; this library's XML writer protects it",
            "publish it with this library only",
            "值中含有 {0}，FreeSWITCH 的预处理器会改动或丢弃；本库的 XML 输出会保护它",
            "只用本库发布"),
    VARIABLE_RESERVED(
            Severity.ERROR,
            "variable.reserved",
            "the variable is this library's own mark on a published gateway",
            "remove it",
            "该变量是本库在已发布网关上的标记",
            "删除它"),
    VARIABLE_NAME(
            Severity.WARNING,
            "variable.name.invalid",
            "a variable needs a name without blanks and control characters",
            "correct the name",
            "变量名不能为空，也不能含空白或控制字符",
            "修改变量名"),
    VARIABLE_TWICE(
            Severity.WARNING,
            "variable.twice",
            "FreeSWITCH looks names up without regard to case: {0} and {1} are one variable, set twice for the same calls",
            "keep one of them",
            "FreeSWITCH 不区分变量名大小写：{0} 和 {1} 是同一个变量，对同一方向的呼叫设置了两次",
            "只保留其中一个"),
    VARIABLE_EMPTY(
            Severity.INFO,
            "variable.empty",
            "FreeSWITCH reads an empty variable back as none",
            "remove it",
            "FreeSWITCH 把空变量当作没有",
            "删除它"),
    VARIABLE_PARAMETER(
            Severity.WARNING,
            "variable.is-parameter",
            "{0} is a gateway parameter; as a variable it does nothing to the gateway",
            "move it to param",
            "{0} 是网关参数，写成变量对网关不起作用",
            "移到 param 中"),
    VARIABLE_PROFILE_INBOUND(
            Severity.WARNING,
            "variable.caller-profile.inbound",
            "a p: variable is used on outbound calls only",
            "let it be outbound or for both",
            "p: 变量只用于呼出",
            "方向改为呼出或不限"),
    SUBSCRIPTION_EVENT(
            Severity.ERROR,
            "subscription.event.missing",
            "a subscription without an event cannot be sent",
            "name the event, such as message-summary",
            "没有 event 的订阅无法发出",
            "填写 event，例如 message-summary"),
    SUBSCRIPTION_UNKNOWN(
            Severity.WARNING,
            "subscription.param.unknown",
            "mod_sofia knows no subscription parameter {0} and ignores it",
            "{1}",
            "mod_sofia 没有订阅参数 {0}，会忽略它",
            "{1}"),
    SUBSCRIPTION_CONTENT_TYPE(
            Severity.INFO,
            "subscription.content-type.missing",
            "without content-type mod_sofia accepts NO_CONTENT_TYPE",
            "set it, such as application/simple-message-summary",
            "没有 content-type 时 mod_sofia 使用 NO_CONTENT_TYPE",
            "填写，例如 application/simple-message-summary"),
    PLACEMENT_ENABLED(
            Severity.ERROR,
            "placement.enabled.invalid",
            "nobody can tell whether this gateway runs",
            "write true or false",
            "无法判断该网关是否启用",
            "写 true 或 false"),
    PLACEMENT_NODES(
            Severity.ERROR,
            "placement.nodes.invalid",
            "nobody can tell which nodes run this gateway",
            "write an array of switchnames, not empty, such as [\"fs1\"], or leave it out for every node",
            "无法判断该网关在哪些节点上运行",
            "写一个非空的 switchname 数组，例如 [\"fs1\"]；不写则在所有节点上运行"),
    PLACEMENT_OWNERSHIP(
            Severity.ERROR,
            "placement.ownership.invalid",
            "the only ownership is that of one node",
            "write \"one\", or leave it out",
            "ownership 只能是 one，即同一时间只由一个节点运行",
            "写 \"one\"，或删除该成员"),
    IDENTITY_TWICE(
            Severity.WARNING,
            "gateways.registration.twice",
            "{0} registers the same user at the same realm",
            "give each its own user, or let one not register",
            "{0} 在同一 realm 注册同一用户",
            "各用各的用户，或其中一个不注册"),
    NAME_CASE(
            Severity.WARNING,
            "gateways.name.case",
            "{0} differs only in case",
            "choose names that nobody confuses",
            "与 {0} 仅大小写不同",
            "换成不易混淆的名字"),
    NAME_TWICE(
            Severity.ERROR,
            "gateways.name.twice",
            "the name also stands in {0}; names are global to the switch, and the second is neither announced nor killable",
            "choose another name",
            "该名字也存在于 {0}；网关名在整个 FreeSWITCH 中唯一，第二个既不会通知也无法删除",
            "换一个名字");

    private final Severity severity;
    private final String code;
    private final String cause;
    private final String cure;
    private final String causeInChinese;
    private final String cureInChinese;

    Finding(Severity severity, String code, String cause, String cure, String causeInChinese, String cureInChinese) {
        this.severity = severity;
        this.code = code;
        this.cause = cause;
        this.cure = cure;
        this.causeInChinese = causeInChinese;
        this.cureInChinese = cureInChinese;
    }

    /** How bad it is. */
    public Severity severity() {
        return severity;
    }

    /** Stable and meant for programs, such as {@code gateway.name.invalid}. */
    public String code() {
        return code;
    }

    /** What is wrong: in Chinese for a Chinese locale, else in English. */
    public String cause(Locale locale) {
        return isChinese(locale) ? causeInChinese : cause;
    }

    /** What to do: in Chinese for a Chinese locale, else in English. */
    public String cure(Locale locale) {
        return isChinese(locale) ? cureInChinese : cure;
    }

    static boolean isChinese(Locale locale) {
        return locale.getLanguage().equals("zh");
    }
}
