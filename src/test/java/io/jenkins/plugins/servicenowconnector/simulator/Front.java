package io.jenkins.plugins.servicenowconnector.simulator;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Call;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Translates between WireMock's requests or responses and ours. */
final class Front implements ResponseDefinitionTransformerV2 {

    private static final int DRIBBLE_PIECES = 10;

    private final Function<Call, Reply> answers;

    Front(Function<Call, Reply> answers) {
        this.answers = answers;
    }

    @Override
    public String getName() {
        return "servicenow";
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        return response(answers.apply(call(event.getRequest())));
    }

    private static Call call(Request request) {
        Map<String, String> headers = new HashMap<>();
        for (HttpHeader header : request.getHeaders().all()) {
            headers.putIfAbsent(header.key().toLowerCase(Locale.ROOT), header.firstValue());
        }
        String address = request.getScheme() + "://" + request.getHost() + ":" + request.getPort();
        return Call.of(request.getMethod().getName(), request.getUrl(), headers, request.getBody(), address);
    }

    private static ResponseDefinition response(Reply reply) {
        List<HttpHeader> headers = reply.headers().stream()
                .map(header -> new HttpHeader(header.getKey(), header.getValue()))
                .toList();
        ResponseDefinitionBuilder response = new ResponseDefinitionBuilder()
                .withStatus(reply.status())
                .withHeaders(new HttpHeaders(headers))
                .withBody(reply.body());
        int millis = Math.toIntExact(reply.delay().toMillis());
        return switch (reply.ending()) {
            case WHOLE -> response.withFixedDelay(millis == 0 ? null : millis).build();
            case DRIBBLED ->
                response.withChunkedDribbleDelay(DRIBBLE_PIECES, millis).build();
            case RESET -> cut(response, Fault.CONNECTION_RESET_BY_PEER, millis);
            case CLOSED -> cut(response, Fault.EMPTY_RESPONSE, millis);
            case BROKEN -> cut(response, Fault.MALFORMED_RESPONSE_CHUNK, millis);
        };
    }

    private static ResponseDefinition cut(ResponseDefinitionBuilder response, Fault fault, int millis) {
        return response.withFixedDelay(millis == 0 ? null : millis)
                .withFault(fault)
                .build();
    }
}
