package anogan.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.scoring.ScoreColumn.Named;
import anogan.scoring.ScoreColumn.OfScan;
import anogan.scoring.ScoreColumn.OfStarts;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTest {
    /** Every name that files of earlier versions hold, and names of variants that look like them. */
    private static final List<String> COLUMNS = List.of("A", "A_hat", "R", "D", "D_hat", "P_D", "R_worst", "R_smoothed",
            "R_log_ratio", "A_f", "A_f_mean", "f-anogan_A_f", "mean_intensity", "noise_level", "retina_thickness",
            "pca_residual", "pca_log_ratio", "nearest_normal", "AnoGAN", "GAN_R", "aCAE", "aCAE_R", "aCAE_D", "Z_sum",
            "Z_highest", "Z_ratio", "combined", "aCAE_Z_ratio", "pca_Z_sum", "nearest_Z_highest", "strip_combined",
            "combined_mean", "pca_combined_top5", "combined_z3", "AnoGAN_z3", "AnoGAN_z4_mean", "raw", "A_mean",
            "P_D_top5", "raw_mean", "_mean", "x_z", "_z3", "a_z03");

    @Test
    void everyColumnIsReadAndWrittenBack() {
        for (String column : COLUMNS) assertEquals(column, ScoreColumn.of(column).column());
        assertEquals(Score.A_HAT, ScoreColumn.of("A_hat"));
        assertEquals(new OfScan(Score.P_D, Aggregate.TOP5), ScoreColumn.of("P_D_top5"));
        assertEquals(new OfStarts(Score.ANOGAN, 3), ScoreColumn.of("AnoGAN_z3"));
        assertEquals(new Named("raw"), ScoreColumn.of("raw"));
    }

    @Test
    void namesForReaders() {
        assertEquals("mean A(x)", ScoreColumn.of("A_mean").title());
        assertEquals("mean of the five highest P_D(x)", ScoreColumn.of("P_D_top5").title());
        assertEquals("AnoGAN, mean of 3 starts", ScoreColumn.of("AnoGAN_z3").title());
        assertEquals("full matrix", ScoreColumn.of("full_matrix").title());
        assertEquals("log ratio, mean of 2 starts", PlaneOfStarts.of("log_ratio_z2").title());
        assertThrows(IllegalArgumentException.class, () -> PlaneOfStarts.of("ratio"));
    }

    /** What files hold is the name of the column, also where a score stands for itself. */
    @Test
    void filesHoldTheColumn() throws JsonProcessingException {
        record Row(ScoreColumn score, Aggregate aggregate, PlaneOfStarts map) {}
        ObjectMapper json = new ObjectMapper();
        for (String column : COLUMNS) {
            Row row = new Row(ScoreColumn.of(column), Aggregate.TOP5, PlaneOfStarts.of("pca_residual_z12"));
            String text = json.writeValueAsString(row);
            assertEquals("{\"score\":\"%s\",\"aggregate\":\"top5\",\"map\":\"pca_residual_z12\"}".formatted(column),
                    text);
            assertEquals(row, json.readValue(text, Row.class));
        }
    }

    @Test
    void whatTakesNoNetworkIsTrivial() {
        assertEquals(List.of("mean_intensity", "noise_level", "retina_thickness", "pca_residual", "pca_log_ratio",
                "nearest_normal", "pca_Z_sum", "pca_Z_highest", "pca_Z_ratio", "pca_combined", "nearest_Z_sum",
                "nearest_Z_highest", "nearest_Z_ratio", "nearest_combined", "strip_Z_sum", "strip_Z_highest",
                "strip_Z_ratio", "strip_combined"), Score.TRIVIAL.stream().map(Score::column).toList());
        assertTrue(ScoreColumn.of("pca_residual_mean").trivial());
        assertEquals(0, Arrays.stream(Score.values()).filter(s -> s.trivial() && Score.PAPER.contains(s)).count());
    }
}
