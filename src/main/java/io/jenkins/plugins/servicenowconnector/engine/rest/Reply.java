package io.jenkins.plugins.servicenowconnector.engine.rest;

import com.fasterxml.jackson.databind.JsonNode;
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
 * @param result what is under {@code result}
 * @param status the HTTP status
 * @param at the time of the instance's own clock; of ours if the answer has no date
 * @param sentFrom the node that made the call
 */
record Reply(JsonNode result, int status, Instant at, String sentFrom) {

    static Reply read(Asked asked, Answer answer, Instant ourTime) throws ServiceNowException {
        JsonNode json = json(asked, answer);
        JsonNode error = json.path("error");
        if (!error.isMissingNode() && !error.isNull() || answer.status() >= 400) {
            throw ErrorAnswers.explain(asked, answer, text(error, "message"), text(error, "detail"), ourTime);
        }
        if (json.path("result").isMissingNode()) {
            throw protocol(asked, answer, "answered JSON without a result: the address may be another service's.");
        }
        return new Reply(json.get("result"), answer.status(), time(answer, ourTime), answer.sentFrom());
    }

    private static JsonNode json(Asked asked, Answer answer) throws ServiceNowException {
        boolean declared =
                answer.header("content-type").toLowerCase(Locale.ROOT).startsWith("application/json");
        if (answer.status() == 202) {
            throw ErrorAnswers.notProcessed(asked, answer);
        }
        if (!declared) {
            throw ErrorAnswers.notJson(asked, answer);
        }
        try {
            JsonNode json = Instance.parse(answer.body());
            if (json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            throw protocol(asked, answer, "sent an answer that breaks off in the middle, or is no JSON.");
        }
        throw protocol(asked, answer, "sent JSON that is no ServiceNow answer.");
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
