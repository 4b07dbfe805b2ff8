namespace CharGptSample.Training;

/// <summary>Rises in a line to the highest rate, then falls along half a cosine to the lowest.</summary>
/// <param name="Highest">The rate after the warm-up.</param>
/// <param name="Lowest">The rate of the last step.</param>
/// <param name="WarmUp">The number of steps that it rises for.</param>
/// <param name="Steps">The number of all steps.</param>
internal sealed record LearningRateSchedule(float Highest, float Lowest, int WarmUp, int Steps)
{
    /// <summary>The rate of a step, counted from 1.</summary>
    public float At(int step)
    {
        if (step <= WarmUp)
        {
            return Highest * step / WarmUp;
        }

        double share = Math.Min(1, (step - WarmUp) / (double)Math.Max(1, Steps - WarmUp));
        return Lowest + ((Highest - Lowest) * (float)(0.5 * (1 + Math.Cos(Math.PI * share))));
    }
}
