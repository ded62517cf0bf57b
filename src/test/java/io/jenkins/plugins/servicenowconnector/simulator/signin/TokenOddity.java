package io.jenkins.plugins.servicenowconnector.simulator.signin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;

/** What a token endpoint answers where it should hand out a token; after servicenow-rest §6.3. */
public enum TokenOddity {
    /** The one for nearly everything. */
    ACCESS_DENIED(401, "server_error", "access_denied"),
    INVALID_CLIENT(401, "invalid_client", "client authentication failed"),
    /** No OAuth Application User; the exact words are {@code [?]}. */
    UNAUTHORIZED_CLIENT(401, "unauthorized_client", "integration user is not configured"),
    INVALID_GRANT(400, "invalid_grant", "token expired"),
    UNSUPPORTED_GRANT_TYPE(400, "unsupported_grant_type", "grant type is not supported"),
    /** A fault of the endpoint itself. */
    FAULT(500, "server_error", "internal error"),
    /** What gateways send. */
    FAULT_AS_PAGE(500, "", "") {
        @Override
        Reply reply(ObjectNode good) {
            return Reply.html(500, "Error", "Internal Server Error");
        }
    },
    NOT_FOUND(404, "", "") {
        @Override
        Reply reply(ObjectNode good) {
            return Reply.html(404, "Not found", "Not found");
        }
    },
    TOO_MANY(429, "", ""),
    NOT_JSON(200, "", "") {
        @Override
        Reply reply(ObjectNode good) {
            return Reply.of(200, "application/json", "{\"access_token\":");
        }
    },
    NO_ACCESS_TOKEN(200, "", "") {
        @Override
        Reply reply(ObjectNode good) {
            good.remove("access_token");
            return Reply.json(200, good);
        }
    },
    NO_EXPIRES_IN(200, "", "") {
        @Override
        Reply reply(ObjectNode good) {
            good.remove("expires_in");
            return Reply.json(200, good);
        }
    },
    /** As old releases do {@code [?]}. */
    EXPIRES_IN_AS_TEXT(200, "", "") {
        @Override
        Reply reply(ObjectNode good) {
            return Reply.json(
                    200, good.put("expires_in", good.path("expires_in").asText()));
        }
    },
    ROTATED_REFRESH_TOKEN(200, "", "") {
        @Override
        Reply reply(ObjectNode good) {
            return Reply.json(200, good.put("refresh_token", "another-refresh-token"));
        }
    };

    private final int status;
    private final String error;
    private final String description;

    TokenOddity(int status, String error, String description) {
        this.status = status;
        this.error = error;
        this.description = description;
    }

    /** @param good what the endpoint would have answered; may be changed */
    Reply reply(ObjectNode good) {
        good.removeAll();
        return Reply.json(status, good.put("error_description", description).put("error", error));
    }
}
