namespace MnistSample.Reports;

/// <summary>A test image that the model takes for another class.</summary>
/// <param name="Index">Its place in the test set, from 0.</param>
/// <param name="Pixels">28x28 values in [0, 1], row by row; 1 is ink.</param>
/// <param name="TrueLabel">What it is.</param>
/// <param name="PredictedLabel">What the model says it is.</param>
/// <param name="Probability">The probability that the model gives its wrong answer.</param>
/// <param name="TrueProbability">The probability that the model gives the right one.</param>
internal sealed record MisreadImage(
    int Index, float[] Pixels, int TrueLabel, int PredictedLabel, float Probability, float TrueProbability);
