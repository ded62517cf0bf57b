package io.jenkins.plugins.servicenowconnector.engine.rest;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Says in a sentence why the instance does not take a file. With which status and words it refuses is not documented
 * (servicenow-rest §4 [?]), so any of those that others use counts.
 */
final class UploadRefusals {

    private static final Pattern SIZE = Pattern.compile("too large|rejected large|exceed|maximum|max[ _.]?size");
    private static final Pattern TYPE =
            Pattern.compile("extension|file type|mime|content[- ]type|not allowed|media type|disallowed|blacklist");

    private UploadRefusals() {}

    /** The same error with the sentence that belongs to files, if it is about one. */
    static ServiceNowException explain(ServiceNowException error, String host, String fileName, long size) {
        Facts facts = error.facts();
        String said = (facts.message() + " " + facts.detail()).toLowerCase(Locale.ROOT);
        if (facts.status() == 403 && said.contains("acl exception")) {
            return new ServiceNowException(
                    Kind.FORBIDDEN,
                    host + " refuses files for " + facts.table() + ": the account needs the right to create rows in"
                            + " sys_attachment and to write to the ticket.",
                    facts);
        }
        // what ServiceNow's own refusals of rights, rules or quotas say is told better elsewhere
        boolean isOfFile = facts.status() == 400
                || facts.status() == 413
                || facts.status() == 415
                || facts.status() == 403 && !Refusals.isExplained(facts);
        if (!isOfFile) {
            return error;
        }
        if (facts.status() == 413 || SIZE.matcher(said).find()) {
            return new ServiceNowException(Kind.BAD_INPUT, tooLarge(host, fileName, size), facts);
        }
        if (facts.status() == 415 || TYPE.matcher(said).find()) {
            return new ServiceNowException(
                    Kind.BAD_INPUT,
                    host + " does not take the file '" + fileName + "': files with this extension or of this type are"
                            + " not allowed there (glide.attachment.extensions);"
                            + " rename or pack it, or have it allowed.",
                    facts);
        }
        return error;
    }

    private static String tooLarge(String host, String fileName, long size) {
        return String.format(
                Locale.ROOT,
                "The file '%s' has %,d bytes, more than %s takes (com.glide.attachment.max_size, or a limit on"
                        + " requests); pack it, or have the limit raised.",
                fileName,
                size,
                host);
    }
}
