package io.jenkins.plugins.servicenowconnector.simulator.rest;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file as it arrives, with where it shall go.
 *
 * @param fields table, record and name by the parameters' names
 * @param content empty for none
 */
record FilePart(Map<String, String> fields, String contentType, byte[] content) {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");
    private static final Pattern TYPE = Pattern.compile("(?i)content-type: *([^\r\n]+)");

    /** Every byte is one character, so that files survive being taken apart as text. */
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;

    static FilePart raw(Call call) {
        return new FilePart(call.parameters(), call.header("Content-Type"), call.body());
    }

    /** Parts of a form; what comes after the file is not looked at, as the documentation says. */
    static FilePart multipart(Call call) {
        Matcher boundary = BOUNDARY.matcher(call.header("Content-Type"));
        if (!boundary.find()) {
            throw new ApiError(400, "Missing boundary", null);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String part : new String(call.body(), BYTES).split(Pattern.quote("--" + boundary.group(1)))) {
            int head = part.indexOf("\r\n\r\n");
            if (head < 0) {
                continue;
            }
            String content = part.substring(head + 4, Math.max(head + 4, part.length() - 2));
            Matcher fileName = FILE_NAME.matcher(part.substring(0, head));
            if (fileName.find()) {
                fields.put("file_name", utf8(fileName.group(1)));
                Matcher type = TYPE.matcher(part.substring(0, head));
                return new FilePart(fields, type.find() ? type.group(1) : "", content.getBytes(BYTES));
            }
            Matcher name = NAME.matcher(part.substring(0, head));
            if (name.find()) {
                fields.put(name.group(1), utf8(content));
            }
        }
        throw new ApiError(400, "No file in the request", null);
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(BYTES), StandardCharsets.UTF_8);
    }

    /** A field that must be there. */
    String field(String name) {
        String value = fields.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new ApiError(400, "Missing parameter: " + name, null);
        }
        return value;
    }
}
