package anogan.phantom;

/**
 * What the {@link Phantom} can put into a retina. Grey levels and sizes follow measurements on public scans; none is
 * made easier to see than there.
 */
public enum LesionKind {
    /**
     * Intraretinal fluid: dark cysts with a sharp rim in the inner and outer nuclear layers, which they thicken. As in
     * diabetic macular oedema and vein occlusion.
     */
    IRF,
    /** Subretinal fluid: a dark lens between photoreceptors and pigment epithelium; it lifts the retina. */
    SRF,
    /**
     * Pigment epithelial detachment: a dome of middle grey under the pigment epithelium; it lifts the epithelium and
     * the retina.
     */
    PED,
    /**
     * Drusen: several small domes of middle grey under the pigment epithelium; they squeeze the photoreceptors' layer
     * and hardly lift the retina. As in age-related degeneration.
     */
    DRUSEN,
    /**
     * Hyperreflective foci: bright dots of two to four pixels between the inner nuclear layer and the photoreceptors.
     */
    HRF
}
