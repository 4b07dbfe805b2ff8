namespace ModelDsl;

/// <summary>The two parts of a data set in MNIST's format.</summary>
/// <param name="Train">The training set.</param>
/// <param name="Test">The test set.</param>
public sealed record MnistData(Dataset Train, Dataset Test);
