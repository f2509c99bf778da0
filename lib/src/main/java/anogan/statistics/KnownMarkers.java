package anogan.statistics;

import anogan.UserError;
import anogan.markers.Markers;
import anogan.run.RunFolder;
import anogan.statistics.Marker.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The markers of a run as a model file hands them on: frozen, so that regions of any scan can be told by them, and what
 * each was called where it was found. A plain value, which JSON holds as it is.
 *
 * @param markers at least one
 * @param names   of each, marker 1 first
 */
public record KnownMarkers(Markers markers, List<Named> names) {
    /**
     * What a marker is called.
     *
     * @param name as {@link Marker#name}
     * @param kind what its frequency said in the run
     */
    public record Named(String name, Kind kind) {
        /** @throws UserError if one is missing */
        public Named {
            if (name == null || kind == null) throw UserError.failure("A marker lacks its name or kind.");
        }
    }

    /** @throws UserError if regions cannot be told by them */
    public KnownMarkers {
        names = List.copyOf(names);
        if (markers == null || !markers.canTell() || names.size() != markers.count())
            throw UserError.failure("Its markers are missing in part, or no finite numbers.");
    }

    /** Those of a run; empty if none were looked for since it was mapped, or there were too few regions for any. */
    public static Optional<KnownMarkers> of(RunFolder run) {
        return MarkerAnalysis.of(run).filter(a -> a.markers().count() > 0)
                .map(a -> new KnownMarkers(a.markers(), a.found().stream().filter(m -> m.number() != Markers.NONE)
                        .map(m -> new Named(m.name(), m.kind())).toList()));
    }

    /** A marker for a reader: its number, what it looks like, whether it is a candidate or an artefact; none: empty. */
    public String words(int marker) {
        if (marker == Markers.NONE) return "";
        Named named = names.get(marker - 1);
        return String.format(Locale.ROOT, "%d: %s%s", marker, named.name,
                named.kind == Kind.OPEN ? "" : " (" + named.kind.word() + ")");
    }
}
