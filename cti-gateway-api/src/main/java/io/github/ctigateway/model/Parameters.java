package io.github.ctigateway.model;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The catalogue of mod_sofia's gateway parameters (mod_sofia, parse_gateways). Adding one is one entry here. */
public final class Parameters {
    private static final Map<String, Parameter<?>> BY_NAME = new LinkedHashMap<>();

    /** Whether the gateway registers with the carrier; needs a username and a password when it does. */
    public static final Parameter<Boolean> REGISTER = add(
            "register",
            ParameterType.BOOLEAN,
            "true",
            "Whether the gateway registers with the carrier; needs a username and a password when it does.",
            "是否向运营商注册；注册时必须填写用户名和密码。");

    /** The user that registers; FreeSWITCH when the gateway does not register. */
    public static final Parameter<String> USERNAME = add(
            "username",
            ParameterType.TEXT,
            null,
            "The user that registers; FreeSWITCH when the gateway does not register.",
            "注册用户名；不注册时默认为 FreeSWITCH。");

    /** The password of the registration and of challenged calls. */
    public static final Parameter<String> PASSWORD = add(
            "password",
            ParameterType.TEXT,
            null,
            "The password of the registration and of challenged calls.",
            "注册和呼叫鉴权使用的密码。");

    /** The user of the digest when it is not the username. */
    public static final Parameter<String> AUTH_USERNAME = add(
            "auth-username",
            ParameterType.TEXT,
            null,
            "The user of the digest when it is not the username.",
            "鉴权用户名，与用户名不同时填写。");

    /** The digest realm and, without a proxy, the carrier's host[:port]. */
    public static final Parameter<String> REALM = add(
            "realm",
            ParameterType.HOST,
            null,
            "The digest realm and, without a proxy, the carrier's host[:port].",
            "网关服务器地址 host[:port]；没有填写 proxy 时也是注册服务器。");

    /** The carrier's host[:port], without a scheme; the realm when absent. */
    public static final Parameter<String> PROXY = add(
            "proxy",
            ParameterType.HOST,
            null,
            "The carrier's host[:port], without a scheme; the realm when absent.",
            "代理服务器 host[:port]，不要带 sip: 前缀；默认同 realm。");

    /** The user part of From; the username when absent. */
    public static final Parameter<String> FROM_USER = add(
            "from-user",
            ParameterType.TEXT,
            null,
            "The user part of From; the username when absent.",
            "From 头的用户部分；对接 IMS 时需要，一般与用户名相同。");

    /** The host of From; the proxy when absent. */
    public static final Parameter<String> FROM_DOMAIN = add(
            "from-domain",
            ParameterType.HOST,
            null,
            "The host of From; the proxy when absent.",
            "From 头的域；对接 IMS 时需要，一般与 realm 相同。");

    /** Where REGISTER is sent when that is not the proxy. */
    public static final Parameter<String> REGISTER_PROXY = add(
            "register-proxy",
            ParameterType.URI,
            null,
            "Where REGISTER is sent when that is not the proxy.",
            "REGISTER 的发送目标，与 proxy 不同时填写。");

    /** Where calls are sent first. */
    public static final Parameter<String> OUTBOUND_PROXY =
            add("outbound-proxy", ParameterType.URI, null, "Where calls are sent first.", "外呼时经过的代理。");

    /** udp, tcp, tls or sctp; mod_sofia skips the gateway when it knows no such transport. */
    public static final Parameter<String> REGISTER_TRANSPORT = add(
            "register-transport",
            ParameterType.TRANSPORT,
            "udp",
            "udp, tcp, tls or sctp; mod_sofia skips the gateway when it knows no such transport.",
            "传输协议 udp、tcp、tls 或 sctp；无法识别时网关会被忽略。");

    /** The asked lifetime of the registration. */
    public static final Parameter<Duration> EXPIRE_SECONDS = add(
            "expire-seconds",
            ParameterType.SECONDS,
            "3600",
            "The asked lifetime of the registration.",
            "注册有效期（秒），默认 3600，建议 60。");

    /** The wait after a failed registration; it grows with each failure. */
    public static final Parameter<Duration> RETRY_SECONDS = add(
            "retry-seconds",
            ParameterType.SECONDS,
            "30",
            "The wait after a failed registration; it grows with each failure.",
            "注册失败后的重试间隔（秒）。");

    /** An old spelling of retry-seconds that mod_sofia still reads. */
    public static final Parameter<Duration> RETRY_SECONDS_ALIAS = add(
            "retry_seconds",
            ParameterType.SECONDS,
            "30",
            "An old spelling of retry-seconds that mod_sofia still reads.",
            "retry-seconds 的旧写法，mod_sofia 仍然识别。");

    /** How long a registration may stay unanswered. */
    public static final Parameter<Duration> TIMEOUT_SECONDS = add(
            "timeout-seconds",
            ParameterType.SECONDS,
            "60",
            "How long a registration may stay unanswered.",
            "注册无应答的超时时间（秒）。");

    /** The wait after a registration that was not answered at all. */
    public static final Parameter<Duration> RETRY_SECONDS_908 = add(
            "908-retry-seconds",
            ParameterType.SECONDS,
            null,
            "The wait after a registration that was not answered at all.",
            "注册超时（908）后的重试间隔（秒）。");

    /** How often the carrier is probed with OPTIONS; below 5 seconds it is off. */
    public static final Parameter<Duration> PING = add(
            "ping",
            ParameterType.SECONDS,
            null,
            "How often the carrier is probed with OPTIONS; below 5 seconds it is off.",
            "OPTIONS 探测间隔（秒），小于 5 无效。");

    /** Up to how many successful probes are counted. */
    public static final Parameter<Integer> PING_MAX =
            add("ping-max", ParameterType.INTEGER, "1", "Up to how many successful probes are counted.", "探测成功计数上限。");

    /** How many successful probes make the gateway UP. */
    public static final Parameter<Integer> PING_MIN = add(
            "ping-min",
            ParameterType.INTEGER,
            "1",
            "How many successful probes make the gateway UP.",
            "探测成功多少次后网关为 UP。");

    /** The User-Agent of the probes. */
    public static final Parameter<String> PING_USER_AGENT =
            add("ping-user-agent", ParameterType.TEXT, null, "The User-Agent of the probes.", "探测请求的 User-Agent。");

    /** Whether every probe's result is fired as an event. */
    public static final Parameter<Boolean> PING_MONITORING = add(
            "ping-monitoring",
            ParameterType.BOOLEAN,
            "false",
            "Whether every probe's result is fired as an event.",
            "每次探测结果是否都触发事件。");

    /** Whether probes carry a Contact. */
    public static final Parameter<Boolean> CONTACT_IN_PING = add(
            "contact-in-ping", ParameterType.BOOLEAN, "false", "Whether probes carry a Contact.", "探测请求是否带 Contact 头。");

    /** Whether From carries the caller's number rather than the username. */
    public static final Parameter<Boolean> CALLER_ID_IN_FROM = add(
            "caller-id-in-from",
            ParameterType.BOOLEAN,
            "false",
            "Whether From carries the caller's number rather than the username.",
            "From 头是否使用主叫号码。");

    /** The dialled number of inbound calls; auto_to_user takes it from the request. */
    public static final Parameter<String> EXTENSION = add(
            "extension",
            ParameterType.TEXT,
            null,
            "The dialled number of inbound calls; auto_to_user takes it from the request.",
            "呼入时的被叫号码；auto_to_user 表示取请求中的号码。");

    /** Whether Contact is extension@ip rather than gw+NAME@ip. */
    public static final Parameter<Boolean> EXTENSION_IN_CONTACT = add(
            "extension-in-contact",
            ParameterType.BOOLEAN,
            "false",
            "Whether Contact is extension@ip rather than gw+NAME@ip.",
            "Contact 是否使用 extension@ip 而不是 gw+网关名@ip。");

    /** The host of Contact; sip-ip names the profile's own address. */
    public static final Parameter<String> CONTACT_HOST = add(
            "contact-host",
            ParameterType.HOST,
            null,
            "The host of Contact; sip-ip names the profile's own address.",
            "Contact 的主机；sip-ip 表示 profile 自身的地址。");

    /** Parameters added to Contact. */
    public static final Parameter<String> CONTACT_PARAMS =
            add("contact-params", ParameterType.TEXT, null, "Parameters added to Contact.", "附加在 Contact 上的参数。");

    /** Put in front of every dialled number. */
    public static final Parameter<String> DESTINATION_PREFIX = add(
            "destination-prefix",
            ParameterType.TEXT,
            null,
            "Put in front of every dialled number.",
            "报号前缀，外呼时加在被叫号码之前。");

    /** The dialplan context of inbound calls; the profile's when absent. */
    public static final Parameter<String> CONTEXT = add(
            "context",
            ParameterType.TEXT,
            null,
            "The dialplan context of inbound calls; the profile's when absent.",
            "呼入路由的 context；默认使用 profile 的 context。");

    /** The authentication scheme. */
    public static final Parameter<String> SCHEME =
            add("scheme", ParameterType.TEXT, "Digest", "The authentication scheme.", "鉴权方式。");

    /** Whether To of a REGISTER is username@proxy rather than From. */
    public static final Parameter<Boolean> DISTINCT_TO = add(
            "distinct-to",
            ParameterType.BOOLEAN,
            "false",
            "Whether To of a REGISTER is username@proxy rather than From.",
            "REGISTER 的 To 是否使用 username@proxy 而不是 From。");

    /** Whether Contact carries an instance id; only when the profile enables RFC 5626. */
    public static final Parameter<Boolean> RFC_5626 = add(
            "rfc-5626",
            ParameterType.BOOLEAN,
            "false",
            "Whether Contact carries an instance id; only when the profile enables RFC 5626.",
            "Contact 是否带实例标识；仅当 profile 启用 RFC 5626 时有效。");

    /** The reg-id of RFC 5626. */
    public static final Parameter<String> REG_ID =
            add("reg-id", ParameterType.TEXT, null, "The reg-id of RFC 5626.", "RFC 5626 的 reg-id。");

    /** The access list of addresses that may send calls for this gateway. */
    public static final Parameter<String> GW_AUTH_ACL = add(
            "gw-auth-acl",
            ParameterType.TEXT,
            null,
            "The access list of addresses that may send calls for this gateway.",
            "允许以此网关身份呼入的地址访问列表。");

    private Parameters() {}

    private static <T> Parameter<T> add(
            String name, ParameterType<T> type, @Nullable String defaultText, String english, String chinese) {
        Parameter<T> parameter = new Parameter<>(name, type, defaultText, english, chinese);
        BY_NAME.put(name, parameter);
        return parameter;
    }

    /** Every parameter, in the catalogue's order; unmodifiable. */
    public static Collection<Parameter<?>> all() {
        return Collections.unmodifiableCollection(BY_NAME.values());
    }

    /** The parameter of exactly this name, if mod_sofia knows one. */
    public static Optional<Parameter<?>> byName(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Whether a parameter or variable of this name holds a secret and is printed as {@code ***}. */
    public static boolean isSecret(String name) {
        return Secrets.isSecret(name);
    }
}
