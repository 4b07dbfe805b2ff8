namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Attention by its definition, in double precision.</summary>
internal static class NaiveAttention
{
    /// <summary>
    /// softmax(Q·Kᵀ / √size)·V of every head: [batch·steps, heads·size]. Keys whose mask [batch, steps] is not 0 are not seen.
    /// </summary>
    public static double[] Forward(
        FloatSpan qkv, int batch, int steps, int heads, int size, bool causal, FloatSpan mask = default)
    {
        int width = heads * size;
        double[] result = new double[batch * steps * width];
        for (int sample = 0; sample < batch; sample++)
        {
            for (int step = 0; step < steps; step++)
            {
                for (int head = 0; head < heads; head++)
                {
                    Attend(sample, step, head);
                }
            }
        }

        return result;

        void Attend(int sample, int step, int head)
        {
            double At(int part, int other, int i) => qkv[(((sample * steps) + other) * 3 * width) + (part * width) + (head * size) + i];
            int[] seen = [.. Enumerable.Range(0, causal ? step + 1 : steps)
                .Where(other => mask.IsEmpty || mask[(sample * steps) + other] == 0f)];
            double[] scores = [.. seen.Select(other =>
                Enumerable.Range(0, size).Sum(i => At(0, step, i) * At(1, other, i)) / Math.Sqrt(size))];
            double largest = scores.DefaultIfEmpty(0).Max();
            double[] powers = [.. scores.Select(score => Math.Exp(score - largest))];
            double sum = powers.Sum();
            for (int i = 0; i < size; i++)
            {
                result[(((sample * steps) + step) * width) + (head * size) + i] =
                    powers.Select((power, number) => power / sum * At(2, seen[number], i)).Sum();
            }
        }
    }
}
