using System.Text;
using ModelDsl;

namespace CharGptSample.Text;

/// <summary>Lets a model write: it reads what stands there so far and draws the next character, again and again.</summary>
internal sealed class Writer(CharGpt model, Alphabet alphabet, TokenSampler sampler)
{
    private static readonly int Context = CharGpt.Architecture.InputShape.Count;
    private static readonly int Vocabulary = CharGpt.Architecture.OutputShape.Dimensions[^1];

    /// <summary>The characters that follow a beginning, one by one.</summary>
    /// <param name="beginning">At least one character.</param>
    /// <param name="count">How many characters to write.</param>
    public IEnumerable<Rune> Continue(string beginning, int count)
    {
        List<int> text = [.. alphabet.Encode(beginning)];
        int[] window = new int[Context];
        for (int i = 0; i < count; i++)
        {
            // The last characters, at the front: what stands behind them does not matter, as no step sees later ones.
            int length = Math.Min(text.Count, Context);
            text.CopyTo(text.Count - length, window, 0, length);
            int next = Draw(window, length);
            text.Add(next);
            yield return alphabet.Decode(next);
        }
    }

    private int Draw(int[] window, int length) =>
        sampler.Sample(model.Predict(window).Slice((length - 1) * Vocabulary, alphabet.Count));
}
