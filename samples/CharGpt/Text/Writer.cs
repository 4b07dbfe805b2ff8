using System.Text;
using ModelDsl;

namespace CharGptSample.Text;

/// <summary>Lets a model write: it reads what stands there so far and draws the next character, again and again.</summary>
/// <param name="model">The model.</param>
/// <param name="alphabet">Its characters.</param>
/// <param name="sampler">What draws them.</param>
/// <param name="recompute">
/// Whether the whole context is computed for each character, instead of keeping what is known of it: for comparison.
/// </param>
internal sealed class Writer(CharGpt model, Alphabet alphabet, TokenSampler sampler, bool recompute = false)
{
    private static readonly int Context = CharGpt.Architecture.InputShape.Count;
    private static readonly int Vocabulary = CharGpt.Architecture.OutputShape.Dimensions[^1];

    /// <summary>The characters that follow a beginning, one by one.</summary>
    /// <param name="beginning">At least one character.</param>
    /// <param name="count">How many characters to write.</param>
    public IEnumerable<Rune> Continue(string beginning, int count)
    {
        int[] tokens = alphabet.Encode(beginning);
        return (recompute ? Recompute(tokens, count) : Generate(tokens, count)).Select(alphabet.Decode);
    }

    private IEnumerable<int> Generate(int[] beginning, int count)
    {
        TokenGenerator generator = model.CreateGenerator();
        generator.Append(beginning);
        for (int i = 0; i < count; i++)
        {
            // The model may know more tokens than the text had characters.
            int next = sampler.Sample(generator.Logits[..alphabet.Count]);
            generator.Append(next);
            yield return next;
        }
    }

    private IEnumerable<int> Recompute(int[] beginning, int count)
    {
        // The last characters, at the front: what stands behind them does not matter, as no step sees later ones.
        int[] window = new int[Context];
        int length = Math.Min(beginning.Length, Context);
        beginning.AsSpan(beginning.Length - length).CopyTo(window);
        for (int i = 0; i < count; i++)
        {
            int next = sampler.Sample(model.Predict(window).Slice((length - 1) * Vocabulary, alphabet.Count));
            if (length == Context)
            {
                window.AsSpan(1).CopyTo(window);
                length--;
            }

            window[length++] = next;
            yield return next;
        }
    }
}
