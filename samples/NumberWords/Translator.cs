using System.Numerics.Tensors;

namespace NumberWordsSample;

/// <summary>
/// Lets a model write numbers, digit by digit: each time the likeliest one, which it then reads itself.
/// </summary>
internal sealed class Translator(NumberReader model)
{
    private const int Steps = NumberText.MostDigits + 1;
    private const int BatchSize = 256;

    /// <summary>The digits of a number in words; null where the words are none that the model knows.</summary>
    public string? Translate(string words) =>
        NumberText.ReadWords(words) is { } tokens ? Translate(tokens, 1)[0] : null;

    /// <summary>Of some numbers, those that the model does not write as they are, with what it writes.</summary>
    public List<(int Number, string Written)> FindWrong(int[] numbers, CancellationToken cancellation = default)
    {
        List<(int Number, string Written)> wrong = [];
        foreach (int[] some in numbers.Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            int[] words = [.. some.SelectMany(number => NumberText.ReadWords(NumberText.Spell(number))!)];
            wrong.AddRange(FindWrong(some, Translate(words, some.Length)));
        }

        return wrong;
    }

    /// <summary>Of some numbers, those that are written wrong: only an exact match is right.</summary>
    public static IEnumerable<(int Number, string Written)> FindWrong(int[] numbers, string[] written) =>
        numbers.Zip(written).Where(pair => pair.Second != FormattableString.Invariant($"{pair.First}"));

    private string[] Translate(int[] words, int count)
    {
        int[] soFar = new int[count * Steps];
        soFar.AsSpan().Fill(NumberText.End);
        int[][] written = [.. Enumerable.Range(0, count).Select(_ => new int[Steps])];
        for (int step = 0; step < Steps; step++)
        {
            ReadOnlySpan<float> logits = model.Predict(words, soFar);
            for (int i = 0; i < count; i++)
            {
                int place = (i * Steps) + step;
                int next = TensorPrimitives.IndexOfMax(
                    logits.Slice(place * NumberText.DigitTokens, NumberText.DigitTokens));
                written[i][step] = next;
                if (step + 1 < Steps)
                {
                    soFar[place + 1] = next;
                }
            }
        }

        return Array.ConvertAll(written, digits => string.Concat(digits.TakeWhile(digit => digit != NumberText.End)));
    }
}
