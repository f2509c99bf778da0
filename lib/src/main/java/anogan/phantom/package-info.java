/**
 * A data set that is drawn and needs no download: retinas of ten layers with speckle, and five kinds of lesion with
 * exact masks, so that what the paper shows on clinical volumes (section 3) can be tried at once and checked to the
 * pixel. The same scan is there with and without its lesion, and nothing else differs. In: a seed and numbers of eyes.
 * Out: {@link anogan.phantom.PhantomScans}, one more source of {@link anogan.scans.Scans}; after it nobody knows that
 * they were drawn.
 */
package anogan.phantom;
