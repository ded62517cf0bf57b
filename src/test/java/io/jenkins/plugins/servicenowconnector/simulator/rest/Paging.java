package io.jenkins.plugins.servicenowconnector.simulator.rest;

import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches;
import java.util.ArrayList;
import java.util.List;

/** The part of a list that one call gets, with the headers that tell of the rest. */
final class Paging {

    private static final int DEFAULT_LIMIT = 10_000;

    private final Call call;
    private final Switches switches;
    private final String address;
    private final int limit;
    private final int offset;

    Paging(Call call, Switches switches, String address) {
        this.call = call;
        this.switches = switches;
        this.address = address;
        limit = Math.max(1, call.number("sysparm_limit", DEFAULT_LIMIT));
        offset = Math.max(0, call.number("sysparm_offset", 0));
    }

    <T> List<T> page(List<T> all) {
        int from = Math.min(offset, all.size());
        return all.subList(from, Math.min(all.size(), from + limit));
    }

    /** The count is the query's, before access control takes rows out {@code [?]}. */
    Reply headers(Reply reply, int total) {
        boolean isCounted = !call.isTrue("sysparm_no_count") && !switches.isOn(Switch.NO_TOTAL);
        Reply counted = isCounted ? reply.with("X-Total-Count", String.valueOf(total)) : reply;
        boolean isOnePage = offset == 0 && total <= limit;
        boolean isLinked = isCounted && !isOnePage && !call.isTrue("sysparm_suppress_pagination_header");
        return isLinked ? counted.with("Link", links(total)) : counted;
    }

    private String links(int total) {
        List<String> links = new ArrayList<>();
        links.add(link(0, "first"));
        if (offset > 0) {
            links.add(link(Math.max(0, offset - limit), "prev"));
        } else if (switches.isOn(Switch.NEGATIVE_PREVIOUS)) {
            links.add(link(-1, "prev"));
        }
        if (offset + limit < total) {
            links.add(link(offset + limit, "next"));
        }
        links.add(link((total - 1) / limit * limit, "last"));
        return String.join(",", links);
    }

    private String link(int newOffset, String relation) {
        String others = call.query().replaceAll("&?sysparm_offset=[^&]*", "");
        String start = others.isEmpty() ? "" : others + "&";
        return "<%s%s?%ssysparm_offset=%d>;rel=\"%s\"".formatted(address, call.path(), start, newOffset, relation);
    }
}
