namespace ModelDsl;

/// <summary>The two parts of a data set in MNIST's form.</summary>
/// <param name="Train">What to train on.</param>
/// <param name="Test">What to judge a trained model by.</param>
public sealed record MnistData(Dataset Train, Dataset Test);
