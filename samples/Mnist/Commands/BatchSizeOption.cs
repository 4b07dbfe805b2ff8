using System.CommandLine;
using MnistSample.Errors;

namespace MnistSample.Commands;

/// <summary>The number of samples per step.</summary>
internal static class BatchSizeOption
{
    /// <summary>The option.</summary>
    /// <param name="what">What a step takes, as the description begins: <c>Images</c>.</param>
    /// <param name="defaultValue">How many where the user says nothing.</param>
    public static Option<int> Create(string what, int defaultValue) =>
        NumberOption.Whole("--batch-size", $"{what} per step.", defaultValue, 1);

    /// <summary>Throws where a step would take more than there is.</summary>
    /// <param name="batchSize">What the user asked for.</param>
    /// <param name="count">How much there is.</param>
    /// <param name="what">What it is: <c>the training images</c>.</param>
    /// <exception cref="UserErrorException">There is less than a step takes.</exception>
    public static void Check(int batchSize, int count, string what)
    {
        if (batchSize > count)
        {
            throw new UserErrorException($"--batch-size: expected at most {count}, {what}, got {batchSize}");
        }
    }
}
