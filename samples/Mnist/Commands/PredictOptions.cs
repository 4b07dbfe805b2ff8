namespace MnistSample.Commands;

/// <summary>What <c>predict</c> was asked to do.</summary>
/// <param name="Image">A PNG picture or an IDX image file.</param>
/// <param name="Index">Which image of an IDX file; null where the user did not say.</param>
/// <param name="ModelFile">The weights that <c>train</c> saved.</param>
/// <param name="Model">Which model.</param>
/// <param name="LargestSide">The largest width and height of a picture that is read.</param>
internal sealed record PredictOptions(FileInfo Image, int? Index, FileInfo ModelFile, Architecture Model, int LargestSide);
