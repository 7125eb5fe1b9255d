package io.github.ctigateway.redis.internal;

import io.github.ctigateway.validation.Violation;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The findings of the JSON in Simplified Chinese, by their English texts: a test sees that none is missing. */
public final class ChineseFindings {
    private static final Pattern PLACE = Pattern.compile("(.*) \\(line (\\d+), column (\\d+)\\)", Pattern.DOTALL);

    private static final Pattern BYTE = Pattern.compile("byte (\\d+) is not UTF-8");

    private static final Map<String, String> CHINESE = Map.ofEntries(
            Map.entry(
                    "the text holds half a character (a lone surrogate), which UTF-8 cannot express",
                    "文本中有半个字符（单独的代理项），UTF-8 无法表示"),
            Map.entry(
                    "a name holds half a character (a lone surrogate), which UTF-8 cannot express",
                    "名字中有半个字符（单独的代理项），UTF-8 无法表示"),
            Map.entry("write the whole character", "写完整的字符"),
            Map.entry("use the whole character", "使用完整的字符"),
            Map.entry(
                    "the text is longer than " + SourceReader.MAX_BYTES + " bytes",
                    "文本超过 " + SourceReader.MAX_BYTES + " 字节"),
            Map.entry("shorten its values", "缩短其中的值"),
            Map.entry("there is no variable of this name", "没有这个名字的变量"),
            Map.entry("remove the direction, or add the variable", "删除该方向，或添加该变量"),
            Map.entry(
                    "the variable was changed by a tool that does not know directions; its new value counts for both",
                    "该变量被不认识方向的工具修改过；新值对两个方向都有效"),
            Map.entry("write the value under both directions, or remove the direction", "在两个方向下都写上该值，或删除该方向"),
            Map.entry(
                    "a direction is \"inbound\", \"outbound\", \"both\", or {\"inbound\": value, \"outbound\": value}",
                    "方向只能是 \"inbound\"、\"outbound\"、\"both\" 或 {\"inbound\": 值, \"outbound\": 值}"),
            Map.entry("use one of them", "使用其中之一"),
            Map.entry("an array is due here", "此处应为数组"),
            Map.entry("write []", "写 []"),
            Map.entry("an object with the member event, a text, is due here", "此处应为带有文本成员 event 的对象"),
            Map.entry(
                    "write {\"event\": \"message-summary\", \"param\": {}}",
                    "写 {\"event\": \"message-summary\", \"param\": {}}"),
            Map.entry("an empty array stands for an empty object", "空数组被当作空对象"),
            Map.entry("an object is due here", "此处应为对象"),
            Map.entry("write {}", "写 {}"),
            Map.entry(
                    "a text, number or boolean is due in param, not an object or array", "param 中应为文本、数字或布尔值，而不是对象或数组"),
            Map.entry(
                    "a text, number or boolean is due in variables, not an object or array",
                    "variables 中应为文本、数字或布尔值，而不是对象或数组"),
            Map.entry(
                    "a text, number or boolean is due in directions, not an object or array",
                    "directions 中应为文本、数字或布尔值，而不是对象或数组"),
            Map.entry(
                    "a text, number or boolean is due in subscriptions, not an object or array",
                    "subscriptions 中应为文本、数字或布尔值，而不是对象或数组"),
            Map.entry("write a single value", "写单个值"),
            Map.entry("the member stands more than once; the last one counts", "该成员出现多次；以最后一个为准"),
            Map.entry("keep one", "保留一个"),
            Map.entry("the text begins with a byte order mark", "文本以字节顺序标记（BOM）开头"),
            Map.entry("save it without one", "保存为不带 BOM 的文本"),
            Map.entry("the text is empty", "文本为空"),
            Map.entry("the text is JSON, but not an object", "文本是 JSON，但不是对象"),
            Map.entry("write {\"param\":{},\"variables\":{}}", "写 {\"param\":{},\"variables\":{}}"),
            Map.entry("there is more text after the end of the object", "对象结束后还有多余的文本"),
            Map.entry("remove it", "删除它"),
            Map.entry(
                    "objects and arrays are nested more than " + SourceReader.MAX_DEPTH + " deep",
                    "对象和数组的嵌套超过 " + SourceReader.MAX_DEPTH + " 层"),
            Map.entry("flatten it", "减少嵌套"),
            Map.entry("the text ends too early", "文本不完整"),
            Map.entry("complete it", "补全文本"),
            Map.entry("the text is not JSON", "文本不是 JSON"),
            Map.entry("mend it at this place", "修正此处"),
            Map.entry("save it as UTF-8", "保存为 UTF-8"),
            Map.entry(
                    "neither mod_cti nor this library reads this member; it is kept as it is",
                    "mod_cti 和本库都不读取该成员；它会原样保留"),
            Map.entry(
                    "what a gateway has is param, variables, directions, subscriptions, enabled, nodes and ownership",
                    "网关的成员是 param、variables、directions、subscriptions、enabled、nodes 和 ownership"));

    private ChineseFindings() {}

    /** The same finding with Chinese texts; one whose text is not of the JSON's stays as it is. */
    public static Violation of(Violation finding) {
        return new Violation(
                finding.severity(),
                finding.code(),
                finding.path(),
                message(finding.message()),
                text(finding.hintText()));
    }

    private static String message(String english) {
        Matcher octet = BYTE.matcher(english);
        if (octet.matches()) {
            return "第 " + octet.group(1) + " 个字节不是 UTF-8";
        }
        Matcher place = PLACE.matcher(english);
        if (!place.matches()) {
            return CHINESE.getOrDefault(english, english);
        }
        String body = place.group(1);
        return CHINESE.getOrDefault(body, body) + "（第 " + place.group(2) + " 行，第 " + place.group(3) + " 列）";
    }

    private static @Nullable String text(@Nullable String english) {
        return english == null ? null : CHINESE.getOrDefault(english, english);
    }
}
