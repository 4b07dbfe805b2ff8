using ModelDsl;

namespace NumberWordsSample;

/// <summary>Numbers to learn from, and others to measure on.</summary>
/// <param name="Train">Words, digits and what comes next, for each number that is learnt from.</param>
/// <param name="HeldOut">Numbers that are never learnt from.</param>
internal sealed record Numbers(Dataset Train, int[] HeldOut)
{
    // Of the numbers of each length about a tenth is held out, and not more than that.
    private const int HeldOutOfLength = 400;

    /// <summary>
    /// Draws numbers to learn from, as many of one digit as of six. Those that are held out are the same for all seeds.
    /// </summary>
    public static Numbers Draw(ulong seed, int train)
    {
        HashSet<int> heldOut = DrawHeldOut();
        var random = new Random((int)((seed ^ (seed >> 31)) & int.MaxValue));
        int[] numbers = new int[train];
        for (int i = 0; i < numbers.Length; i++)
        {
            do
            {
                numbers[i] = DrawOfLength(random, random.Next(1, NumberText.MostDigits + 1));
            }
            while (heldOut.Contains(numbers[i]));
        }

        return new Numbers(ToDataset(numbers), [.. heldOut.Order()]);
    }

    private static HashSet<int> DrawHeldOut()
    {
        var random = new Random(1);
        HashSet<int> heldOut = [];
        for (int length = 1; length <= NumberText.MostDigits; length++)
        {
            int wanted = heldOut.Count + Math.Min(HeldOutOfLength, (int)Math.Pow(10, length - 1));
            while (heldOut.Count < wanted)
            {
                heldOut.Add(DrawOfLength(random, length));
            }
        }

        return heldOut;
    }

    private static int DrawOfLength(Random random, int length) =>
        random.Next(length == 1 ? 0 : (int)Math.Pow(10, length - 1), (int)Math.Pow(10, length));

    /// <summary>
    /// The digits so far, behind a token for the start, are what the decoder reads; the digits, and the end, are what
    /// it is to say.
    /// </summary>
    public static Dataset ToDataset(int[] numbers)
    {
        const int Steps = NumberText.MostDigits + 1;
        int[] words = new int[numbers.Length * NumberText.MostWords];
        int[] soFar = new int[numbers.Length * Steps];
        int[] next = new int[numbers.Length * Steps];
        soFar.AsSpan().Fill(NumberText.End);
        next.AsSpan().Fill(NumberText.Ignored);
        for (int i = 0; i < numbers.Length; i++)
        {
            NumberText.ReadWords(NumberText.Spell(numbers[i]))!.CopyTo(words, i * NumberText.MostWords);
            int[] digits = NumberText.ReadDigits(numbers[i]);
            digits.CopyTo(soFar, (i * Steps) + 1);
            digits.CopyTo(next, i * Steps);
            next[(i * Steps) + digits.Length] = NumberText.End;
        }

        float[] samples = NumberReader.JoinSamples(words, soFar);
        return Dataset.FromTargets(
            new Shape(samples.Length / numbers.Length),
            samples,
            next,
            classCount: NumberText.DigitTokens,
            ignoredLabel: NumberText.Ignored);
    }
}
