namespace CharGptSample.Training;

/// <summary>How far the training was after a number of steps.</summary>
/// <param name="Step">The number of steps.</param>
/// <param name="Loss">The mean loss over the steps since the measurement before.</param>
/// <param name="ValidationLoss">The loss on text that is not trained on.</param>
/// <param name="TokensPerSecond">The speed of training since the measurement before.</param>
internal sealed record Measurement(int Step, double Loss, double ValidationLoss, double TokensPerSecond);
