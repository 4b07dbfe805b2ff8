namespace ModelDsl.Generator.Planning;

/// <summary>
/// Trades time for memory: what operations of the forward pass make is not kept, but computed again where the backward
/// pass reads it (Chen et al., "Training Deep Nets with Sublinear Memory Cost", 2016).
/// </summary>
/// <remarks>
/// The best choice would take too long to find, so some are compared: the forward pass in a number of segments, each
/// done again from what crosses into it, and of each the operations up to a cost for each byte that they save. Their
/// peaks are estimated; of those that no other beats in both peak and cost the memory is planned, the cheapest first,
/// until one keeps to the budget. Which choices are compared does not depend on the budget: the smallest that is found
/// can be asked for, and nothing below it. Then what need not be done again to stay within the budget is not.
/// </remarks>
internal static class Recomputation
{
    /// <summary>The most programs whose memory is planned.</summary>
    public const int MostPlans = 32;

    /// <summary>
    /// The most operations that one of the three searches looks at to estimate peaks, besides a first few programs.
    /// </summary>
    public const long MostSteps = 1_000_000;

    // Of these so many are planned whatever the budget is, the others to come closer to it.
    private const int MostCompared = 24;
    private const int CostLevels = 6;

    private static readonly int[] SegmentCounts = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];

    /// <summary>
    /// The model with a training step that takes no more memory than a budget, or as little as was found.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="budget">The budget.</param>
    /// <param name="precision">How its values are stored.</param>
    /// <param name="cancellation">Looked at for each operation.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FusedModel Fit(
        FusedModel model, MemoryBudget budget, Precision precision, CancellationToken cancellation)
    {
        int plans = 0;
        long total = model.Training.Sum(operation => operation.Work.For(budget.Batch));
        FusedModel best = Plan(model.Training);
        if (best.Recomputation!.Fits)
        {
            return best;
        }

        var program = new RecomputableProgram(model, budget.Batch, precision, cancellation);
        Choice[] compared = Compared(program, model.Training, cancellation);
        long arena = budget.Bytes - best.Recomputation!.BytesOfModel;

        // An estimate is seldom above the plan. Where one is, its choice is planned all the same before any is refused.
        foreach (Choice choice in compared.OrderBy(choice => choice.Peak > arena))
        {
            FusedModel planned = Plan(program.Build(choice.Again));
            best = planned.Recomputation!.Bytes < best.Recomputation!.Bytes ? planned : best;
            if (planned.Recomputation.Fits)
            {
                long slack = planned.Recomputation.BytesOfArena - choice.Peak;
                return Relax(program, choice, arena - slack, again => Plan(program.Build(again))) is { } cheaper
                    ? With(cheaper)
                    : With(planned);
            }
        }

        return With(best);

        FusedModel With(FusedModel chosen) =>
            chosen with { Recomputation = chosen.Recomputation! with { Plans = plans, Steps = program.Steps } };

        FusedModel Plan(IReadOnlyList<Operation> training)
        {
            plans++;
            FusedModel changed = model with { Training = training };
            MemoryPlan memory = PlannedModel.PlanMemory(
                MixedPrecision.Apply(changed, precision, cancellation), cancellation);
            return changed with
            {
                Recomputation = new RecomputationNote(
                    budget,
                    memory.BytesFor(budget.Batch),
                    model.Model.Layout.Length,
                    model.Model.Layout.TrainableLength,
                    (long)budget.Batch * model.Model.Input.Count)
                {
                    Operations = training.Count(operation => operation.IsRecomputed),
                    ExtraWork = training.Where(operation => operation.IsRecomputed)
                        .Sum(operation => operation.Work.For(budget.Batch)),
                    TotalWork = total,
                    Plans = plans,
                },
            };
        }
    }

    // Choices none of which is beaten in both peak and cost, the cheapest first.
    private static Choice[] Compared(
        RecomputableProgram program, IReadOnlyList<Operation> training, CancellationToken cancellation)
    {
        List<Choice> choices = [];
        (long[] bytes, Func<int, int, bool> crosses) = program.Crossings();
        double[] levels = CostsPerByte(program);
        foreach (int segments in SegmentCounts.Where(count => count <= program.Turn))
        {
            foreach (double level in levels)
            {
                if (choices.Count > 2 * CostLevels && program.Steps > MostSteps)
                {
                    break;
                }

                cancellation.Look();
                Repetition[] again =
                [
                    .. Enumerable.Range(0, program.Turn).Select(number => Cheapest(program, number, level)),
                ];
                Keep(again, Borders(again, segments));
                choices.Add(Measured(program, again));
            }
        }

        Choice[] front = FrontOf(choices);
        if (front.Length > 0)
        {
            front = FrontOf([.. front, .. Descend(program, front[front.Length - 1], cancellation)]);
        }

        // The last has the lowest peak.
        return front.Length <= MostCompared
            ? front
            : [.. Enumerable.Range(1, MostCompared).Select(part => front[(part * front.Length / MostCompared) - 1])];

        // Where segments begin: of about the same bytes, at the places where the least crosses from one to the next.
        int[] Borders(Repetition[] again, int segments)
        {
            long[] saved = new long[program.Turn + 1];
            for (int number = 0; number < program.Turn; number++)
            {
                saved[number + 1] = saved[number] + program.SavedBy(number, again[number]);
            }

            double length = (double)saved[program.Turn] / segments;
            List<int> borders = [];
            for (int segment = 1; segment < segments; segment++)
            {
                int[] near =
                [
                    .. Enumerable.Range(1, Math.Max(0, program.Turn - 1))
                        .Where(at => Math.Abs(saved[at] - (segment * length)) <= length / 3),
                ];
                if (near.Length > 0)
                {
                    borders.Add(near
                        .OrderBy(at => bytes[at])
                        .ThenBy(at => IsWithinCopy(at))
                        .ThenBy(at => Math.Abs(saved[at] - (segment * length)))
                        .First());
                }
            }

            return [.. borders.Distinct()];
        }

        // A border between two copies of a block leaves more copies alike.
        bool IsWithinCopy(int at) => Equals(
            training[at].Layer.Path.OutermostCopy, training[at - 1].Layer.Path.OutermostCopy);

        // What crosses a border is kept, and so is the last segment, which the backward pass begins with.
        void Keep(Repetition[] again, int[] borders)
        {
            for (int number = 0; number < again.Length && borders.Length > 0; number++)
            {
                if (number >= borders[borders.Length - 1] || borders.Any(border => crosses(number, border)))
                {
                    again[number] = Repetition.None;
                }
            }
        }
    }

    // What is not read by the backward pass itself is done again wherever something else needs it.
    private static Repetition Cheapest(RecomputableProgram program, int number, double level)
    {
        Repetition[] ways = [Repetition.Whole, Repetition.ShortCut];
        bool isRead = ways.Any(how => program.Can(number, how) && program.SavedBy(number, how) > 0);
        return ways.FirstOrDefault(how =>
            program.Can(number, how) && (!isRead || CostPerByte(program, number, how) <= level));
    }

    private static double CostPerByte(RecomputableProgram program, int number, Repetition how) =>
        program.CostOf(number, how) / (double)Math.Max(1, program.SavedBy(number, how));

    // Some costs for each byte, between which there are about as many bytes.
    private static double[] CostsPerByte(RecomputableProgram program)
    {
        (double Cost, long Bytes)[] ways =
        [
            .. from number in Enumerable.Range(0, program.Turn)
               from how in (Repetition[])[Repetition.ShortCut, Repetition.Whole]
               where program.Can(number, how) && program.SavedBy(number, how) > 0
               let cost = CostPerByte(program, number, how)
               orderby cost
               select (cost, program.SavedBy(number, how)),
        ];
        double all = ways.Sum(way => (double)way.Bytes);
        List<double> levels = [];
        double bytes = 0;
        foreach ((double cost, long saved) in ways)
        {
            bytes += saved;
            if (bytes >= all * (levels.Count + 1) / CostLevels * (1 - 1e-9))
            {
                levels.Add(cost);
            }
        }

        return [.. levels.Distinct()];
    }

    private static Choice Measured(RecomputableProgram program, Repetition[] again)
    {
        (long peak, long cost) = program.Measure(again);
        return new Choice(again, peak, cost);
    }

    private static Choice[] FrontOf(IEnumerable<Choice> choices)
    {
        List<Choice> front = [];
        foreach (Choice choice in choices.OrderBy(choice => choice.Cost).ThenBy(choice => choice.Peak))
        {
            if (front.Count == 0 || choice.Peak < front[front.Count - 1].Peak)
            {
                front.Add(choice);
            }
        }

        return [.. front];
    }

    // Changes one operation after the other for as long as that lowers the peak, or the cost and not the peak.
    private static IEnumerable<Choice> Descend(RecomputableProgram program, Choice from, CancellationToken cancellation)
    {
        Choice best = from;
        long end = program.Steps + MostSteps;
        bool isLower = true;
        while (isLower)
        {
            isLower = false;
            for (int number = 0; number < program.Turn && program.Steps < end; number++)
            {
                cancellation.Look();
                foreach (Repetition how in (Repetition[])[Repetition.None, Repetition.ShortCut, Repetition.Whole])
                {
                    if (how == best.Again[number] || !program.Can(number, how))
                    {
                        continue;
                    }

                    Repetition[] again = (Repetition[])best.Again.Clone();
                    again[number] = how;
                    Choice changed = Measured(program, again);
                    if (changed.Peak < best.Peak || (changed.Peak == best.Peak && changed.Cost < best.Cost))
                    {
                        isLower |= changed.Peak < best.Peak;
                        best = changed;
                        yield return best;
                    }
                }
            }

            isLower &= program.Steps < end;
        }
    }

    // Keeps what costs most to do again, as long as the peak stays below a limit, and then the plan below the budget.
    private static FusedModel? Relax(
        RecomputableProgram program, Choice choice, long limit, Func<Repetition[], FusedModel> plan)
    {
        List<(int Number, Repetition How)> kept = [];
        Choice relaxed = choice;
        long end = program.Steps + MostSteps;
        foreach (int number in Enumerable.Range(0, program.Turn)
            .Where(number => choice.Again[number] != Repetition.None)
            .OrderByDescending(number => program.CostOf(number, choice.Again[number])))
        {
            foreach (Repetition how in (Repetition[])[Repetition.None, Repetition.ShortCut])
            {
                if (program.Steps < end && how < relaxed.Again[number] && program.Can(number, how))
                {
                    Choice changed = Measured(program, With(relaxed.Again, [(number, how)]));
                    if (changed.Peak <= limit && changed.Cost < relaxed.Cost)
                    {
                        relaxed = changed;
                        kept.Add((number, how));
                    }
                }
            }
        }

        // The plan may need more than the estimate says: then less is kept.
        for (int count = kept.Count, tries = 0; count > 0 && tries < MostPlans - MostCompared - 1; count /= 2, tries++)
        {
            FusedModel planned = plan(With(choice.Again, kept.Take(count)));
            if (planned.Recomputation!.Fits)
            {
                return planned;
            }
        }

        return null;

        static Repetition[] With(Repetition[] again, IEnumerable<(int Number, Repetition How)> changes)
        {
            Repetition[] changed = (Repetition[])again.Clone();
            foreach ((int number, Repetition how) in changes)
            {
                changed[number] = how;
            }

            return changed;
        }
    }

    /// <summary>What is done again.</summary>
    /// <param name="Again">How each operation of the forward pass is.</param>
    /// <param name="Peak">The bytes that are in use at once at most, as an estimate.</param>
    /// <param name="Cost">What it costs.</param>
    private sealed record Choice(Repetition[] Again, long Peak, long Cost);
}
