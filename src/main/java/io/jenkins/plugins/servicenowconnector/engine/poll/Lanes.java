package io.jenkins.plugins.servicenowconnector.engine.poll;

import java.util.ArrayList;
import java.util.List;

/**
 * Spreads the waits of one target over its interval: those of a lane come due together, each lane at a moment of its own.
 *
 * <p>A lane holds what a few requests can ask for, so that no wait is late because many others come before it. There are never
 * more lanes than needed for longer than an interval: who is in one too many moves.
 */
final class Lanes {

    /** Four requests or a little more: what does not fill the last one hardly counts, and none of them is late. */
    static final int WIDTH = 200;

    private final List<Integer> waits = new ArrayList<>();
    private int size;

    /** Takes a wait in: the lane it is given, counted from 0. */
    int enter() {
        size++;
        return firstWithRoom();
    }

    /** Lets a wait out of its lane. */
    void leave(int lane) {
        size--;
        waits.set(lane, waits.get(lane) - 1);
    }

    /** The lane for a wait from now on: its own, unless fewer lanes would do. */
    int keep(int lane) {
        if (lane < (size + WIDTH - 1) / WIDTH) {
            return lane;
        }
        waits.set(lane, waits.get(lane) - 1);
        return firstWithRoom();
    }

    boolean isEmpty() {
        return size == 0;
    }

    private int firstWithRoom() {
        int lane = 0;
        while (lane < waits.size() && waits.get(lane) >= WIDTH) {
            lane++;
        }
        if (lane == waits.size()) {
            waits.add(0);
        }
        waits.set(lane, waits.get(lane) + 1);
        return lane;
    }

    /**
     * Where in the interval a lane is, from 0 to less than 1: each new lane stands in the middle of a gap, so that any number
     * of them is spread.
     */
    static double place(int lane) {
        return (Integer.reverse(lane) >>> 1) / (double) (1L << 31);
    }
}
