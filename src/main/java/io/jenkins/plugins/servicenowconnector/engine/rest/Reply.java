package io.jenkins.plugins.servicenowconnector.engine.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.servicenowconnector.engine.http.Answer;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.io.IOException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * An answer that counts: a 2xx with JSON that parses, has a result and no error (servicenow-rest §7.5).
 *
 * @param asked what was asked
 * @param answer what came back
 * @param result what is under {@code result}
 * @param at the time of the instance's own clock; of ours if the answer has no date
 */
record Reply(Asked asked, Answer answer, JsonNode result, Instant at) {

    static Reply read(Asked asked, Answer answer, Instant ourTime) throws ServiceNowException {
        Instant at = time(answer, ourTime);
        JsonNode json = json(asked, answer, at);
        JsonNode error = json.path("error");
        if (!error.isMissingNode() && !error.isNull() || answer.status() >= 400) {
            throw ErrorAnswers.explain(asked, answer, text(error, "message"), text(error, "detail"), at);
        }
        if (json.path("result").isMissingNode()) {
            throw protocol(asked, answer, "answered JSON without a result: the address may be another service's.");
        }
        return new Reply(asked, answer, json.get("result"), at);
    }

    /** The result, which must be a list. */
    JsonNode list() throws ServiceNowException {
        if (!result.isArray()) {
            throw protocol(asked, answer, "answered with something else than a list of records.");
        }
        return result;
    }

    /** The result, which must be one record; some interfaces answer it as a list of one (§3.2). */
    JsonNode record() throws ServiceNowException {
        JsonNode one = result.isArray() && result.size() == 1 ? result.get(0) : result;
        if (!one.isObject()) {
            throw protocol(asked, answer, "answered with something else than a record.");
        }
        return one;
    }

    /** A text that stands beside the result, as in an import set's answer (§2.1); empty if there is none. */
    String beside(String key) {
        return parse(answer).path(key).asText("");
    }

    private static JsonNode json(Asked asked, Answer answer, Instant at) throws ServiceNowException {
        boolean declared =
                answer.header("content-type").toLowerCase(Locale.ROOT).startsWith("application/json");
        if (answer.status() == 202) {
            throw ErrorAnswers.notProcessed(asked, answer);
        }
        if (!declared) {
            throw PageAnswers.explain(asked, answer, at);
        }
        JsonNode json = parse(answer);
        if (json.isObject()) {
            return json;
        }
        if (answer.status() >= 400) {
            throw ErrorAnswers.explain(asked, answer, "", "", at);
        }
        throw json.isMissingNode()
                ? protocol(asked, answer, "sent an answer that breaks off in the middle, or is no JSON.")
                : protocol(asked, answer, "sent JSON that is no ServiceNow answer.");
    }

    private static JsonNode parse(Answer answer) {
        try {
            return Instance.parse(answer.body());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static ServiceNowException protocol(Asked asked, Answer answer, String sentence) {
        return new ServiceNowException(Kind.PROTOCOL, asked.host() + " " + sentence, asked.facts(answer, "", ""));
    }

    private static String text(JsonNode error, String key) {
        return error.isTextual() && key.equals("message")
                ? error.asText()
                : error.path(key).asText("");
    }

    private static Instant time(Answer answer, Instant ourTime) {
        try {
            return ZonedDateTime.parse(answer.header("date"), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException e) {
            return ourTime;
        }
    }
}
