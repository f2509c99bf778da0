package anogan.markers;

/**
 * The layers of a healthy retina, by relative depth u: 0 at the inner limiting membrane, 1 at Bruch's membrane. Where a
 * retina is swollen or lifted, depth is what its thickness makes of it: the name says where, not what.
 */
public enum Layer {
    /** Nerve fibres. */
    RNFL(0.125),
    /** Ganglion cells and inner plexiform layer. */
    GCL_IPL("GCL+IPL", 0.30),
    /** Inner nuclear layer. */
    INL(0.45),
    /** Outer plexiform layer. */
    OPL(0.56),
    /** Outer nuclear layer. */
    ONL(0.735),
    /** Ellipsoid zone. */
    EZ(0.885),
    /** Pigment epithelium. */
    RPE(Double.POSITIVE_INFINITY);

    private final String title;
    private final double end;

    Layer(double end) {
        title = name();
        this.end = end;
    }

    Layer(String title, double end) {
        this.title = title;
        this.end = end;
    }

    /** As it is written. */
    public String title() {
        return title;
    }

    /** That of a relative depth. */
    public static Layer at(double depth) {
        for (Layer layer : values()) if (depth < layer.end) return layer;
        return RPE;
    }
}
